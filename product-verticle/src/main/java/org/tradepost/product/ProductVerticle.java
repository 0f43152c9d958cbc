package org.tradepost.product;

import static org.tradepost.common.contract.StockContract.HOLD;
import static org.tradepost.common.contract.StockContract.SETTLE;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.runtime.Database;
import org.tradepost.common.runtime.Service;

/** The product service: its table of operations, and what stands behind them. */
public final class ProductVerticle extends VerticleBase {

  private final ClusterNode node;
  private final ProductConfig config;
  private Database database;
  private Service service;
  private Sweep sweep;

  public ProductVerticle(ClusterNode node, ProductConfig config) {
    this.node = node;
    this.config = config;
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config.database(), "db/product").compose(this::open);
  }

  private Future<Void> open(Database opened) {
    database = opened;
    var holds = new Holds(new HoldRepository(database, config.holdLifetime()));
    var settlements = new Settlements(new SettlementRepository(database));
    sweep = new Sweep(vertx, node.bus(), settlements);
    service =
        new Service(node, "product").serve(HOLD, holds::hold).serve(SETTLE, settlements::settle);
    node.health().require("product database", database::ping);
    node.health().report("order", () -> node.directory().count("order"));
    return service.open().onSuccess(done -> sweep.begin());
  }

  @Override
  public Future<?> stop() {
    return service == null ? closeDatabase() : service.close().eventually(this::closeRest);
  }

  private Future<Void> closeRest() {
    return sweep.end().eventually(this::closeDatabase);
  }

  private Future<Void> closeDatabase() {
    return database == null ? Future.succeededFuture() : database.close();
  }
}
