package org.tradepost.order;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.OrderContract.CancelOrder;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.order.ParkedEventContract;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.order.relay.ParkedEvents;
import org.tradepost.order.relay.Relay;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.PeriodicTasks;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.Database;

/** The order service: its operations and what serves them. */
public final class OrderVerticle extends ServiceVerticle {

  private final OrderConfig config;
  private Relay relay;

  public OrderVerticle(ClusterNode node, OrderConfig config) {
    super(node, "order");
    this.config = config;
  }

  @Override
  protected Future<?> build(Service service) {
    return openDatabase(config.database()).map(database -> serve(service, database));
  }

  private Service serve(Service service, Database database) {
    relay = new Relay(node, database, config.settleTries());
    inBackground(relay::start, relay::stop);
    var retention =
        PeriodicTasks.removeOlderThan(config.eventDays(), new EventRetention(database)::remove);
    inBackground(new PeriodicTasks(vertx, Duration.ofHours(1), List.of(retention)));

    var repository = new OrderRepository(database);
    var writer = new OrderWriter(database, repository);
    var placement = new OrderPlacement(node.bus(), writer, repository, this::written);
    var parked = new ParkedEvents(database, relay::poll);
    var orders = new Orders(repository, new OrderTransitions(database), this::written);
    placement.measure(node.metrics());
    node.metrics().backlog("events of order", relay::backlog);
    reportInstances("product");
    var unknownId = UUID.randomUUID();
    var line = new PlaceLine(unknownId, 1, null);
    return service
        .answer(OrderContract.PLACE, placement::place)
        .serve(OrderContract.GET, orders::get)
        .serve(OrderContract.LIST, orders::list)
        .serve(OrderContract.CANCEL, orders::cancel)
        .serve(OrderContract.SHIP, orders::ship)
        .serve(OrderContract.DELIVER, orders::deliver)
        .serve(OrderContract.HISTORY, orders::history)
        .serve(ParkedEventContract.LIST, parked::list)
        .serve(ParkedEventContract.RETRY, parked::retry)
        .serve(ParkedEventContract.DISCARD, parked::discard)
        .serve(ResolveContract.RESOLVE, new OrderResolution(database)::resolve)
        .serve(ResolveContract.FINISHED, new FinishedOrders(database)::find)
        .events(database)
        .warmUp(OrderContract.GET, orders::get, new GetOrder(unknownId))
        .warmUp(OrderContract.CANCEL, orders::cancel, new CancelOrder(unknownId, null))
        .warmUp(
            OrderContract.LIST, orders::list, new ListOrders(null, null, null, null, null, 1, null))
        .warmUp(call -> writer.write(List.of()))
        .warmUp(call -> placement.place(new PlaceOrder(null, List.of(line), null), call));
  }

  /** Wakes the relay and notifies other readers: an event was written. */
  private void written() {
    relay.wake();
    notifyOfEvents();
  }
}
