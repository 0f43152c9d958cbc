package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;

/** A node whose part of the shared list does not respond, as when it is frozen. */
class RegistrationsTest {

  /** Enough that every node holds some of them: the list is spread over all nodes. */
  private static final List<String> ADDRESSES =
      IntStream.range(0, 40).mapToObj(i -> "weather.tell." + i).toList();

  /** Half the time that a node waits for the list when it knows nothing about an address. */
  private static final long TIMEOUT_MILLIS = 15_000;

  private static TestCluster cluster;
  private static ClusterNode listener;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    listener = cluster.start("listener");
    await(
        Future.all(
            ADDRESSES.stream()
                .map(address -> listener.bus().consume(address, it -> it.reply(it.body())))
                .map(consumer -> consumer.completion())
                .toList()));
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  @Test
  void does_not_delay_the_first_calls_of_a_node_that_has_just_started() {
    var caller = cluster.start("caller");
    var frozen = FrozenMember.freeze(listener);
    try {
      assertThat(ADDRESSES).allSatisfy(address -> assertThat(responds(caller, address)).isTrue());
    } finally {
      frozen.thaw();
    }
  }

  @Test
  void of_listeners_for_the_own_node_alone_can_be_taken_back() {
    var bus = listener.vertx().eventBus();
    var consumer = bus.localConsumer("weather.local", it -> it.reply(it.body()));
    await(consumer.completion());
    await(consumer.unregister());
    assertThat(await(bus.request("weather.local", "?").map(true).otherwise(false))).isFalse();
  }

  private static boolean responds(ClusterNode caller, String address) {
    return await(
        caller
            .bus()
            .send(address, Buffer.buffer("?"), MultiMap.caseInsensitiveMultiMap(), TIMEOUT_MILLIS)
            .map(true)
            .otherwise(false));
  }
}
