package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.platform.testing.TestNode;

class ServiceBusTest {

  private static final int CALLS = 2_000;
  private static Vertx vertx;
  private static final Operation<Empty, Empty> OPERATION =
      Operation.internal("cellar.v1.fetch", Empty.class, Empty.class);

  private final AtomicInteger heard = new AtomicInteger();
  private final ServiceBus bus =
      new ServiceBus(vertx, new ServiceTokens(vertx, "test", TestNode.SECRET));

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    TestNode.await(vertx.close());
  }

  @Test
  void of_many_calls_that_are_lost_a_tenth_is_tried_again() {
    TestNode.await(
        bus.consume(OPERATION.address(), message -> heard.incrementAndGet()).completion());
    var calls =
        Stream.generate(() -> bus.call(OPERATION, Empty.NOTHING, RequestContext.background(60_000)))
            .limit(CALLS)
            .toList();
    await().until(() -> heard.get() >= CALLS);
    await()
        .until(
            () -> {
              bus.resend(OPERATION.address());
              return calls.stream().allMatch(Future::isComplete);
            });
    assertThat(calls).allMatch(Future::failed);
    await().until(() -> heard.get() >= CALLS + CALLS / 10);
    assertThat(heard).hasValue(CALLS + CALLS / 10);
  }

  @Test
  void an_instance_may_use_all_the_time_there_is_and_not_that_of_one_attempt() {
    var timeout = new AtomicLong();
    TestNode.await(
        bus.consume(
                "cellar.v1.count",
                message -> {
                  timeout.set(Long.parseLong(message.headers().get(BusHeaders.TIMEOUT)));
                  message.reply(Buffer.buffer());
                })
            .completion());
    var policy = new RepeatPolicy(60_000, 1_000, 3);
    TestNode.await(
        bus.sendRepeatable(
            "cellar.v1.count", Buffer.buffer(), MultiMap.caseInsensitiveMultiMap(), policy));
    assertThat(timeout.get()).isBetween(50_000L, 60_000L);
  }
}
