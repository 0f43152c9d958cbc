package org.tradepost.proof.torture;

import java.net.URI;
import java.util.List;
import org.tradepost.proof.audit.AuditedDatabase;

/** A running cluster and its PostgreSQL, to which anything may be done. */
public interface FaultableCluster {

  /** Its members by name: the service, a hyphen and a number. */
  List<String> members();

  /** Where its gateways are reached. */
  List<URI> gateways();

  AuditedDatabase orders();

  AuditedDatabase product();

  /** Kills it with no last word, as {@code kill -9} does. */
  void kill(String member);

  /** Holds it where it is, as SIGSTOP does. */
  void freeze(String member);

  /** Lets one that was frozen go on. */
  void resume(String member);

  /** Ends it in order, as SIGTERM does, and waits until it is gone. */
  void stop(String member);

  /** Starts one that was killed or stopped; it takes a while until it works. */
  void start(String member);

  /** Cuts off every client of PostgreSQL and ends it with nothing written down. */
  void crashPostgres();

  /** Starts PostgreSQL on what the crash has left, and waits until it serves. */
  void startPostgres();

  /** Starts the members that have exited by themselves, and returns which. */
  List<String> revive();

  /** Whether every member calls itself ready. */
  boolean isReady();
}
