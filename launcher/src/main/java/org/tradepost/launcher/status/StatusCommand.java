package org.tradepost.launcher.status;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.HttpUrl;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.ManagementFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the nodes of the cluster, the services on them, and what is queued. */
@Command(
    name = "status",
    description = "Shows the nodes of a cluster, their services, queues and circuit breakers.",
    footer = {
      "",
      "It finds the nodes that ./tradepost up or cluster runs on the data directory. One node "
          + "asks all others; those that do not reply are shown as unresponsive.",
      "The exit status is 0 if a node replied, 1 if none did."
    })
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private RunningDataOption data;

  @Option(
      names = "--management",
      paramLabel = "URL",
      converter = HttpUrl.class,
      description = "The management port of any node, like http://127.0.0.1:9090.")
  private Optional<URI> management;

  @Option(names = "--json", description = "Show as JSON.")
  private boolean json;

  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var nodes =
        management.map(List::of).orElseGet(() -> ManagementFile.of(data.directory()).nodes());
    var topology = new TopologyClient().ask(nodes);
    terminal.print(json ? topology.toPrettyString() : new StatusTables(topology).text());
    return 0;
  }
}
