package org.tradepost.product;

import static org.tradepost.common.contract.product.ProductContract.ADJUST_STOCK;
import static org.tradepost.common.contract.product.ProductContract.ARCHIVE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CHANGE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CREATE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.LIST_LEDGER;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;
import static org.tradepost.common.contract.product.ProductContract.READ_HOLD;
import static org.tradepost.common.contract.product.ProductContract.READ_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.READ_STOCK;
import static org.tradepost.common.contract.product.StockContract.HOLD;
import static org.tradepost.common.contract.product.StockContract.SETTLE;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.product.ProductContract.OfProduct;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.OperationHandler;
import org.tradepost.platform.service.PeriodicTasks;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.catalogue.Catalogue;
import org.tradepost.product.listing.ProductPages;
import org.tradepost.product.retention.EventAndKeyRemoval;
import org.tradepost.product.retention.HoldLineRemoval;
import org.tradepost.product.settlement.ExpiredHoldSweep;
import org.tradepost.product.settlement.Settlements;
import org.tradepost.product.stock.Holds;
import org.tradepost.product.stock.Stock;

/** The product service: its operations and the classes that serve them. */
public final class ProductVerticle extends ServiceVerticle {

  private final ProductConfig config;

  public ProductVerticle(ClusterNode node, ProductConfig config) {
    super(node, "product");
    this.config = config;
  }

  @Override
  protected Future<?> build(Service service) {
    return openDatabase(config.database()).map(database -> serve(service, database));
  }

  private Service serve(Service service, Database database) {
    var holds = new Holds(database, config.holdLifetime());
    var settlements = new Settlements(database);
    var sweep = new ExpiredHoldSweep(vertx, node.bus(), settlements);
    inBackground(sweep::start, sweep::stop);
    inBackground(new PeriodicTasks(vertx, Duration.ofHours(1), removals(database)));
    var catalogue = new Catalogue(database);
    var pages = ProductPages.of(database);
    var stock = new Stock(database);
    service
        .serve(LIST_PRODUCTS, pages::list)
        .answer(CREATE_PRODUCT, notifying(catalogue::create))
        .answer(READ_PRODUCT, catalogue::read)
        .answer(CHANGE_PRODUCT, notifying(catalogue::change))
        .answer(
            ARCHIVE_PRODUCT,
            notifying((request, call) -> catalogue.archive(request, call).map(Response::of)))
        .serve(READ_STOCK, stock::level)
        .answer(ADJUST_STOCK, notifying(stock::adjust))
        .serve(LIST_LEDGER, stock::ledger)
        .serve(READ_HOLD, stock::hold)
        .serve(HOLD, holds::hold)
        .serve(SETTLE, settlements::settle)
        .events(database);
    warmUp(service, catalogue, stock, holds);
    holds.measure(node.metrics());
    catalogue.measure(node.metrics());
    pages.measure(node.metrics());
    node.metrics().backlog("holds of product", () -> settlements.backlog(config.holdLifetime()));
    reportInstances("order");
    return service.warmUp(call -> holds.warmUp()).warmUp(call -> settlements.warmUp());
  }

  /** Adds warm-up calls of the most frequent requests, for a product that does not exist. */
  private static void warmUp(Service service, Catalogue catalogue, Stock stock, Holds holds) {
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

  private List<PeriodicTasks.Task> removals(Database database) {
    var removal = new EventAndKeyRemoval(database);
    var holds = new HoldLineRemoval(node.bus(), database);
    return List.of(
        PeriodicTasks.removeOlderThan(config.retention().eventDays(), removal::removeEvents),
        PeriodicTasks.removeOlderThan(config.retention().keyDays(), removal::removeKeys),
        PeriodicTasks.removeOlderThan(config.retention().holdDays(), holds::step));
  }

  private <Q, R> OperationHandler<Q, R> notifying(OperationHandler<Q, R> handler) {
    return (request, call) -> handler.handle(request, call).onSuccess(done -> notifyOfEvents());
  }
}
