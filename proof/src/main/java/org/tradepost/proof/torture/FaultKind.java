package org.tradepost.proof.torture;

/** What can be done to a member of the cluster, or to its PostgreSQL. */
enum FaultKind {
  KILL("kill -9"),
  FREEZE("freeze"),
  STOP("stop"),
  CRASH("immediate stop");

  private final String description;

  FaultKind(String description) {
    this.description = description;
  }

  /** The name of the fault in the report. */
  String description() {
    return description;
  }
}
