package org.tradepost.product;

import static org.tradepost.common.contract.product.ProductContract.ADJUST_STOCK;
import static org.tradepost.common.contract.product.ProductContract.ARCHIVE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CHANGE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CREATE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.LIST_LEDGER;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;
import static org.tradepost.common.contract.product.ProductContract.READ_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.READ_STOCK;
import static org.tradepost.common.contract.product.StockContract.HOLD;
import static org.tradepost.common.contract.product.StockContract.SETTLE;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.product.ProductContract.OfProduct;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.events.EventOperations;
import org.tradepost.platform.eventlog.EventLog;
import org.tradepost.platform.eventlog.EventRepository;
import org.tradepost.platform.management.Metrics;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.OperationHandler;
import org.tradepost.platform.service.PeriodicTasks;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.catalogue.Catalogue;
import org.tradepost.product.retention.EventAndKeyRemoval;
import org.tradepost.product.retention.HoldLineRemoval;
import org.tradepost.product.settlement.ExpiredHoldSweep;
import org.tradepost.product.settlement.Settlements;
import org.tradepost.product.stock.Holds;
import org.tradepost.product.stock.Stock;

/** The product service: its table of operations, and what stands behind them. */
public final class ProductVerticle extends VerticleBase {

  private final ClusterNode node;
  private final ProductConfig config;
  private final Service service;
  private Database database;
  private ExpiredHoldSweep sweep;
  private PeriodicTasks housekeeping;

  public ProductVerticle(ClusterNode node, ProductConfig config) {
    this.node = node;
    this.config = config;
    this.service = new Service(node, "product");
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config.database(), "db/product").compose(this::open);
  }

  private Future<Void> open(Database opened) {
    database = opened;
    var holds = new Holds(database, config.holdLifetime());
    var settlements = new Settlements(database);
    sweep = new ExpiredHoldSweep(vertx, node.bus(), settlements);
    housekeeping = new PeriodicTasks(vertx, Duration.ofHours(1), chores());
    var catalogue = new Catalogue(database);
    var stock = new Stock(database);
    service
        .require(database)
        .serve(LIST_PRODUCTS, catalogue::list)
        .answer(CREATE_PRODUCT, telling(catalogue::create))
        .answer(READ_PRODUCT, catalogue::read)
        .answer(CHANGE_PRODUCT, telling(catalogue::change))
        .answer(
            ARCHIVE_PRODUCT,
            telling((request, call) -> catalogue.archive(request, call).map(Response::of)))
        .serve(READ_STOCK, stock::level)
        .answer(ADJUST_STOCK, telling(stock::adjust))
        .serve(LIST_LEDGER, stock::ledger)
        .serve(HOLD, holds::hold)
        .serve(SETTLE, settlements::settle)
        .events(new EventLog(new EventRepository(database, "product")));
    rehearse(catalogue, stock, holds);
    service.warmUp(call -> holds.rehearse()).warmUp(call -> settlements.rehearse());
    node.metrics().register(Metrics.QUEUE, "holds to write", holds::queue);
    node.metrics().register(Metrics.QUEUE, "products to read", catalogue::queue);
    node.metrics().register(Metrics.QUEUE, "searches to run", catalogue::searches);
    node.metrics().register(Metrics.BACKLOG, "holds of product", settlements::backlog);
    node.health().report("order", () -> node.directory().count("order"));
    return service
        .start()
        .onSuccess(
            done -> {
              sweep.start();
              housekeeping.start();
            });
  }

  /** What is asked most, of a product that does not exist. */
  private void rehearse(Catalogue catalogue, Stock stock, Holds holds) {
    var nothing = UUID.randomUUID();
    var line = new HoldStock.Line(nothing, 1, null);
    service
        .warmUp(
            READ_PRODUCT,
            (request, call) -> catalogue.read(request, call).map(Response::body),
            new OfProduct(nothing))
        .warmUp(READ_STOCK, stock::level, new OfProduct(nothing))
        .warmUp(HOLD, holds::hold, new HoldStock(nothing, "", List.of(line)));
  }

  private List<PeriodicTasks.Task> chores() {
    var removal = new EventAndKeyRemoval(database);
    var holds = new HoldLineRemoval(node.bus(), database);
    return List.of(
        PeriodicTasks.after(config.retention().eventDays(), removal::removeEvents),
        PeriodicTasks.after(config.retention().keyDays(), removal::removeKeys),
        PeriodicTasks.after(config.retention().holdDays(), holds::step));
  }

  /** Tells those who follow that there may be a new event. */
  private <Q, R> OperationHandler<Q, R> telling(OperationHandler<Q, R> handling) {
    return (request, call) ->
        handling
            .handle(request, call)
            .onSuccess(done -> node.bus().notify(EventOperations.changeNotification("product")));
  }

  @Override
  public Future<?> stop() {
    return database == null ? Future.succeededFuture() : service.stop().eventually(this::closeRest);
  }

  private Future<Void> closeRest() {
    return Future.join(sweep.stop(), housekeeping.stop()).eventually(database::close).mapEmpty();
  }
}
