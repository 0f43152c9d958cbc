package org.tradepost.platform.eventlog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** A table of events in its own database. */
final class EventTable {

  static final UUID SUBJECT = UUID.fromString("8f14e45f-ceea-467f-9575-000000000001");
  private static final String INSERT =
      "insert into event (type, subject, sequence, audience) values ($1, $2, $3, $4)";

  final Database database;
  private long sequence;

  EventTable(Vertx vertx) {
    database = TestNode.await(Database.open(vertx, TestDatabase.create(), "db/event"));
  }

  EventRepository repository() {
    return new EventRepository(database, "greeting");
  }

  /** A repository that scans at most this many events for a page of one type. */
  EventRepository repository(int maxScanned) {
    return new EventRepository(database, "greeting", maxScanned);
  }

  /** Writes events, each in its own transaction. */
  void write(String... types) {
    for (var type : types) {
      TestNode.await(database.query(INSERT, row(type, null)));
    }
  }

  void writeFor(UUID audience, String type) {
    TestNode.await(database.query(INSERT, row(type, audience)));
  }

  /** Writes an event in the given transaction. */
  Future<?> write(SqlConnection connection, String type) {
    return connection.preparedQuery(INSERT).execute(row(type, null));
  }

  private Tuple row(String type, UUID audience) {
    return Tuple.of(type, SUBJECT, ++sequence, audience);
  }
}
