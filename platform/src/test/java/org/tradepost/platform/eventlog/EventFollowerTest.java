package org.tradepost.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.events.Event;
import org.tradepost.common.events.EventConsumer;
import org.tradepost.common.events.EventFollower;
import org.tradepost.common.events.EventOperations;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestService;

class EventFollowerTest {

  private static ClusterNode node;
  private EventTable table;
  private final Consumer consumer = new Consumer();

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @BeforeEach
  void empty() {
    table = new EventTable(node.vertx());
  }

  @Test
  void every_event_is_consumed_in_order() {
    table.write("A", "B");
    following(
        () -> {
          await().until(() -> consumer.types.equals(List.of("A", "B")));
          table.write("C");
          node.bus().notify(EventOperations.changeNotification("event-log"));
          await().until(() -> consumer.types.equals(List.of("A", "B", "C")));
        });
  }

  @Test
  void it_goes_on_from_the_stored_cursor() {
    table.write("A", "B");
    following(() -> await().until(() -> consumer.types.size() == 2));
    table.write("C");
    following(() -> await().until(() -> consumer.types.equals(List.of("A", "B", "C"))));
  }

  @Test
  void what_fails_comes_again_and_nothing_overtakes_it() {
    table.write("A", "B", "C");
    consumer.failures.set(2);
    following(() -> await().until(() -> consumer.types.equals(List.of("A", "B", "C"))));
    assertThat(consumer.failures).hasValue(0);
    assertThat(consumer.stored).isNotNull();
  }

  @Test
  void it_goes_on_when_a_stored_cursor_whose_events_are_gone_is_cleared() {
    table.write("A");
    TestNode.await(table.database.query("update event_removed set transaction = '1', id = 5"));
    consumer.stored = "1-1";
    following(
        () -> {
          await().until(() -> consumer.loads.get() > 1);
          assertThat(consumer.types).isEmpty();
          consumer.stored = null;
          await().until(() -> consumer.types.equals(List.of("A")));
        });
  }

  private void following(Runnable meanwhile) {
    var log =
        TestNode.await(
            node.vertx()
                .deployVerticle(
                    new TestService(new Service(node, "event-log").events(table.database))));
    var follower = TestNode.await(node.vertx().deployVerticle(new FollowingVerticle(consumer)));
    meanwhile.run();
    TestNode.await(node.vertx().undeploy(follower));
    TestNode.await(node.vertx().undeploy(log));
  }

  /** Fails at "B" as often as {@code failures} says. */
  private static final class Consumer implements EventConsumer {
    private final List<String> types = new CopyOnWriteArrayList<>();
    private volatile String stored;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();

    @Override
    public Future<Optional<String>> cursor() {
      loads.incrementAndGet();
      return Future.succeededFuture(Optional.ofNullable(stored));
    }

    @Override
    public Future<Void> consume(Event event) {
      if (event.type().equals("B") && failures.get() > 0) {
        failures.decrementAndGet();
        return Future.failedFuture("not now");
      }
      types.add(event.type());
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> store(String cursor) {
      stored = cursor;
      return Future.succeededFuture();
    }
  }

  private static final class FollowingVerticle extends VerticleBase {
    private final EventConsumer consumer;
    private EventFollower follower;

    private FollowingVerticle(EventConsumer consumer) {
      this.consumer = consumer;
    }

    @Override
    public Future<?> start() {
      follower = new EventFollower(vertx, node.bus(), "event-log", consumer);
      follower.start();
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      return follower.stop();
    }
  }
}
