package org.tradepost.guestbook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;

/** Counts the starts of its instances: each writes an entry into the database of the service. */
final class GuestbookVerticle extends ServiceVerticle {
  record Entries(long entries) {}

  private static final Operation<Empty, Entries> READ =
      Operation.open("guestbook.v1.read", Empty.class, Entries.class);

  private final DatabaseConfig config;
  private Database database;

  GuestbookVerticle(ClusterNode node, DatabaseConfig config) {
    super(node, "guestbook");
    this.config = config;
  }

  @Override
  protected Future<?> build(Service service) {
    return openDatabase(config)
        .compose(
            opened -> {
              database = opened;
              service.serve(READ, (request, call) -> read());
              return prepare(
                  () -> opened.transaction("insert into entry default values", Tuple.tuple()));
            });
  }

  private Future<Entries> read() {
    return database
        .transaction("select count(*) from entry", Tuple.tuple())
        .map(rows -> new Entries(rows.iterator().next().getLong(0)));
  }
}
