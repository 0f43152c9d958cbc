package org.tradepost.benchmarks.subjects;

import io.vertx.pgclient.PgConnection;
import java.util.List;
import org.tradepost.benchmarks.load.Client;

/** The work of a plain client on one database, for pgbench and for a client in Java. */
interface SqlWork {
  String name();

  String database();

  /** Scripts for {@code pgbench --file}, which runs one at random, with prepared statements. */
  List<String> scripts();

  /** A client that does the same work on a connection. */
  Client client(PgConnection connection);
}
