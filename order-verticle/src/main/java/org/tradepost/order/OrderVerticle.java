package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.OrderContract.CancelOrder;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.events.EventOperations;
import org.tradepost.platform.eventlog.EventLog;
import org.tradepost.platform.eventlog.EventRepository;
import org.tradepost.platform.management.Metrics;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.PeriodicTasks;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.sql.Database;

/** The order service: its operations and what serves them. */
public final class OrderVerticle extends VerticleBase {

  private final ClusterNode node;
  private final OrderConfig config;
  private final Service service;
  private Database database;
  private OutboxRelay relay;
  private PeriodicTasks housekeeping;

  public OrderVerticle(ClusterNode node, OrderConfig config) {
    this.node = node;
    this.config = config;
    this.service = new Service(node, "order");
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config.database(), "db/order").compose(this::serve);
  }

  private Future<Void> serve(Database opened) {
    database = opened;
    node.health().report("product", () -> node.directory().count("product"));

    var outbox = new Outbox(database, config.settleTries());
    relay = new OutboxRelay(vertx, outbox, node.bus());
    var repository = new OrderRepository(database);
    var writer = new OrderWriter(database, repository);
    var placing = new OrderPlacement(node.bus(), writer, repository, this::written);
    var orders = new Orders(repository, new OrderTransitions(database), this::written);
    housekeeping =
        new PeriodicTasks(
            vertx,
            Duration.ofHours(1),
            List.of(PeriodicTasks.after(config.eventDays(), new EventRetention(database)::remove)));
    node.metrics().register(Metrics.QUEUE, "orders to write", placing::queue);
    node.metrics().register(Metrics.BACKLOG, "events of order", outbox::backlog);
    var nothing = UUID.randomUUID();
    var line = new PlaceLine(nothing, 1, null);
    relay.start();
    housekeeping.start();
    return service
        .require(database)
        .answer(OrderContract.PLACE, placing::place)
        .serve(OrderContract.GET, orders::get)
        .serve(OrderContract.LIST, orders::list)
        .serve(OrderContract.CANCEL, orders::cancel)
        .serve(OrderContract.SHIP, orders::ship)
        .serve(OrderContract.DELIVER, orders::deliver)
        .serve(OrderContract.HISTORY, orders::history)
        .serve(ResolveContract.RESOLVE, new OrderResolution(database)::resolve)
        .serve(ResolveContract.FINISHED, new FinishedOrders(database)::find)
        .events(new EventLog(new EventRepository(database, "order")))
        .warmUp(OrderContract.GET, orders::get, new GetOrder(nothing))
        .warmUp(OrderContract.CANCEL, orders::cancel, new CancelOrder(nothing, null))
        .warmUp(OrderContract.LIST, orders::list, new ListOrders(null, null, null, null, 1, null))
        .warmUp(call -> writer.write(List.of()))
        .warmUp(call -> placing.place(new PlaceOrder(null, List.of(line), null), call))
        .start();
  }

  /** There is something to settle, or at least something to tell. */
  private void written() {
    relay.wake();
    node.bus().notify(EventOperations.changeNotification("order"));
  }

  @Override
  public Future<?> stop() {
    return service
        .stop()
        .compose(done -> relay == null ? Future.succeededFuture() : relay.stop())
        .compose(done -> housekeeping == null ? Future.succeededFuture() : housekeeping.stop())
        .compose(done -> database == null ? Future.succeededFuture() : database.close());
  }
}
