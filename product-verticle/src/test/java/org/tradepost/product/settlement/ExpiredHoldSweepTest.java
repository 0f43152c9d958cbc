package org.tradepost.product.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.order.ResolveContract.Resolved;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.product.RunningProduct;

class ExpiredHoldSweepTest {

  private final RunningProduct service = new RunningProduct();
  private final Map<UUID, Fate> fates = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean unavailable;
  private volatile boolean unavailableForOne;

  /** Replaces the order service, and fails for an order whose fate it does not know. */
  private final class Orders extends VerticleBase {
    private final Service orders =
        new Service(service.node(), ApiDescription.load("order-for-tests"))
            .serve(ResolveContract.RESOLVE, (request, call) -> resolve(request));

    @Override
    public Future<?> start() {
      return orders.start();
    }

    @Override
    public Future<?> stop() {
      return orders.stop();
    }

    private Future<Resolved> resolve(Resolve request) {
      asked.incrementAndGet();
      return unavailable || (unavailableForOne && request.orderIds().size() == 1)
          ? Future.failedFuture(
              ServiceException.unavailable("The service's database is unavailable"))
          : Future.succeededFuture(
              new Resolved(request.orderIds().stream().map(this::settlement).toList()));
    }

    private Settlement settlement(UUID order) {
      return new Settlement(order, Objects.requireNonNull(fates.get(order)));
    }
  }

  @AfterEach
  void stop() {
    assertThat(service.violations()).isZero();
    service.close();
  }

  @Test
  void expired_holds_meet_the_fate_of_their_orders() {
    TestNode.await(service.node().deploy(new Orders()));
    var product = service.product(10);
    var placed = expired(product, Fate.PLACED);
    var abandoned = expired(product, Fate.ABANDONED);
    var cancelled = expired(product, Fate.CANCELLED);
    var fresh = service.held(product, 1);
    await().until(() -> service.stock(product).equals("9/1"));
    assertThat(List.of(placed, abandoned, cancelled, fresh))
        .extracting(service::state)
        .containsExactly("COMMITTED", "RELEASED", "RELEASED", "HELD");
  }

  @Test
  void a_hold_waits_until_there_is_an_order_service() {
    var product = service.product(10);
    var order = expired(product, Fate.ABANDONED);
    assertThat(service.state(order)).isEqualTo("HELD");
    TestNode.await(service.node().deploy(new Orders()));
    await().until(() -> service.state(order).equals("RELEASED"));
  }

  @Test
  void a_hold_waits_while_the_order_service_knows_no_answer() {
    unavailable = true;
    TestNode.await(service.node().deploy(new Orders()));
    var order = expired(service.product(10), Fate.ABANDONED);
    await().until(() -> asked.get() >= 3);
    assertThat(service.state(order)).isEqualTo("HELD");
    unavailable = false;
    await().until(() -> service.state(order).equals("RELEASED"));
  }

  @Test
  void one_that_cannot_be_resolved_does_not_keep_back_the_others() {
    TestNode.await(service.node().deploy(new Orders()));
    var product = service.product(500);
    var faulty = expired(product, null);
    for (var i = 0; i < 150; i++) {
      var order = service.held(product, 1);
      fates.put(order, Fate.PLACED);
    }
    expireAll();
    await().until(() -> service.stock(product).equals("350/1"));
    assertThat(service.state(faulty)).isEqualTo("HELD");
  }

  @Test
  void a_temporary_failure_is_not_reported_as_the_fault_of_a_hold() {
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    var log = (Logger) LoggerFactory.getLogger(ExpiredHoldSweep.class);
    log.addAppender(events);
    // The holds are settled one by one, since the fate of neither is known.
    unavailableForOne = true;
    TestNode.await(service.node().deploy(new Orders()));
    var product = service.product(10);
    service.held(product, 1);
    service.held(product, 1);
    expireAll();
    await().until(() -> asked.get() >= 4);
    log.detachAppender(events);
    assertThat(events.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
  }

  private UUID expired(UUID product, Fate fate) {
    var order = service.held(product, 1);
    if (fate != null) {
      fates.put(order, fate);
    }
    service.execute(
        "update hold set expires_at = now() - interval '1 second' where order_id = ?", order);
    return order;
  }

  private void expireAll() {
    service.execute("update hold set expires_at = now() - interval '1 second'");
  }
}
