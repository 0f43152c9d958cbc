package org.tradepost.guestbook;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Tuple;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;

/** Counts the starts of its instances: each writes an entry into the database of the service. */
final class GuestbookVerticle extends VerticleBase {
  record Entries(long entries) {}

  private static final Operation<Empty, Entries> READ =
      Operation.open("guestbook.v1.read", Empty.class, Entries.class);

  private final Service service;
  private final DatabaseConfig config;
  private Database database;

  GuestbookVerticle(ClusterNode node, DatabaseConfig config) {
    this.service = new Service(node, "guestbook");
    this.config = config;
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config, "db/guestbook").compose(this::serve);
  }

  private Future<?> serve(Database opened) {
    database = opened;
    return database
        .transaction("insert into entry default values", Tuple.tuple())
        .compose(done -> service.require(database).serve(READ, this::read).start());
  }

  private Future<Entries> read(Empty request, RequestContext call) {
    return database
        .transaction("select count(*) from entry", Tuple.tuple())
        .map(rows -> new Entries(rows.iterator().next().getLong(0)));
  }

  @Override
  public Future<?> stop() {
    return service.stop().compose(done -> database.close());
  }
}
