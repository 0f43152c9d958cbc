package org.tradepost.benchmarks.subjects;

import io.vertx.pgclient.PgConnection;
import java.util.List;
import org.tradepost.benchmarks.load.Client;

/** Something that a plain client does with one database: for pgbench, and for a client in Java. */
interface SqlWork {
  String name();

  String database();

  /** One of these at random, as pgbench's {@code --file}, to be run with prepared statements. */
  List<String> scripts();

  /** The same on a connection. */
  Client client(PgConnection connection);
}
