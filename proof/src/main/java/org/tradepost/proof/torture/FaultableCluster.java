package org.tradepost.proof.torture;

import java.net.URI;
import java.util.List;
import org.tradepost.proof.audit.AuditedDatabase;

/** A running cluster and its PostgreSQL, on which faults can be inflicted. */
public interface FaultableCluster {

  /** Its members by name: the service, a hyphen and a number. */
  List<String> members();

  /** The URLs of its gateways. */
  List<URI> gateways();

  AuditedDatabase orders();

  AuditedDatabase product();

  /** Kills a member, as {@code kill -9} does. */
  void kill(String member);

  /** Freezes a member, as SIGSTOP does. */
  void freeze(String member);

  /** Resumes a frozen member. */
  void resume(String member);

  /** Stops a member gracefully, as SIGTERM does, and waits until it has exited. */
  void stop(String member);

  /** Starts a killed or stopped member; it takes a while until it is ready. */
  void start(String member);

  /** Crashes PostgreSQL: every client is disconnected, and nothing is flushed. */
  void crashPostgres();

  /** Starts PostgreSQL after the crash, and waits until it accepts connections. */
  void startPostgres();

  /** Restarts the members that have exited unexpectedly, and returns their names. */
  List<String> revive();

  /** Whether every member reports that it is ready. */
  boolean isReady();
}
