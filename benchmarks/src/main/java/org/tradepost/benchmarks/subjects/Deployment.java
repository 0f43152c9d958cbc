package org.tradepost.benchmarks.subjects;

import java.util.List;

/** How the services of a measured Tradepost are spread over JVMs. */
public enum Deployment {
  /** All services in one JVM. */
  UP("up", "up"),
  /** Every service in a JVM of its own. */
  CLUSTER("cluster", "cluster --product 1 --order 1"),
  /**
   * The same, with services and PostgreSQL on one half of the processors, the gateway on the other.
   */
  CLUSTER_GATEWAY_APART("cluster with its gateway apart", "cluster --product 1 --order 1"),
  /** Two of every service, each in a JVM of its own. */
  PAIRS("pairs", "cluster --gateway 2 --auth 2 --product 2 --order 2");

  private final String title;
  private final String command;

  Deployment(String title, String command) {
    this.title = title;
    this.command = command;
  }

  /** Its name in the tables. */
  String title() {
    return title;
  }

  /** The subcommand that starts it, with its options. */
  List<String> command() {
    return List.of(command.split(" ", -1));
  }
}
