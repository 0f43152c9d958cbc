package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

class DirectoryTest {

  private static ClusterNode node;
  private static Directory directory;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    directory = node.directory();
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  /** As the oldest member does when a node cannot be reached for a while. */
  @Test
  void a_service_whose_record_others_removed_is_announced_again() {
    var registration =
        await(directory.publish("weather", "1.0.0", "hash", List.of(), Optional.empty()));
    var others = ServiceDiscovery.create(node.vertx());
    await(others.unpublish(registration));
    Awaitility.await().until(() -> directory.instances().size() == 1);
    await(directory.withdraw(registration));
    assertThat(directory.instances()).isEmpty();
  }

  @Test
  void what_no_node_with_the_secret_wrote_is_not_believed_and_hides_nothing() {
    var registration =
        await(directory.publish("weather", "1.0.0", "hash", List.of("a"), Optional.empty()));
    var map = TestNode.hazelcast(node).<Object, Object>getReplicatedMap("tradepost.directory");
    var honest = (String) map.get(registration);
    map.put("forged", honest.replace("1.0.0", "99.0.0"));
    map.put("copied", honest);
    map.put("text", "no record at all");
    map.put("number", 7);
    map.put(8, "no text for a key");
    assertThat(directory.instances())
        .singleElement()
        .satisfies(instance -> assertThat(instance.version()).isEqualTo("1.0.0"));
    map.put(registration, "over the honest one");
    assertThat(directory.instances()).isEmpty();
    Awaitility.await().until(() -> directory.instances().size() == 1);
    await(directory.withdraw(registration));
  }

  @Test
  void an_instance_that_cannot_serve_is_known_with_what_it_lacks() {
    var registration =
        await(
            directory.publish(
                "weather", "1.0.0", "hash", List.of(), Optional.of("weather database")));
    assertThat(directory.instances())
        .extracting(Instance::lack)
        .containsExactly(Optional.of("weather database"));
    assertThat(directory.count("weather")).isZero();
    await(directory.update(registration, Optional.empty()));
    assertThat(directory.count("weather")).isEqualTo(1);
    await(directory.withdraw(registration));
  }

  @Test
  void an_entry_that_was_removed_leaves_nothing_behind() {
    var map = node.map("some");
    await(map.put("key", "text"));
    assertThat(map.get("key")).contains("text");
    assertThat(map.checked).hasSize(1);
    await(map.remove("key"));
    Awaitility.await().until(map.checked::isEmpty);
    assertThat(map.get("key")).isEmpty();
  }

  /** As may return when two halves of a cluster merge. */
  @Test
  void what_an_instance_said_before_is_replaced_by_what_it_said_last() {
    var registration =
        await(directory.publish("weather", "1.0.0", "hash", List.of(), Optional.of("database")));
    var map = TestNode.hazelcast(node).<Object, Object>getReplicatedMap("tradepost.directory");
    var before = map.get(registration);
    await(directory.update(registration, Optional.empty()));
    map.put(registration, before);
    assertThat(directory.count("weather")).isZero();
    Awaitility.await().until(() -> directory.count("weather") == 1);
    await(directory.withdraw(registration));
  }

  /** As happens when two halves of a cluster merge. */
  @Test
  void a_consumer_that_the_cluster_forgot_is_reached_again() {
    node.bus().consume("weather.tell", message -> message.reply(message.body()));
    Awaitility.await().until(() -> asked("weather.tell"));
    var list = TestNode.hazelcast(node).getMultiMap("__vertx.subs");
    assertThat(list.remove("weather.tell")).hasSize(1);
    Awaitility.await().until(() -> list.valueCount("weather.tell") == 1);
    Awaitility.await().until(() -> asked("weather.tell"));
  }

  private static boolean asked(String address) {
    return await(
        node.bus()
            .send(address, Buffer.buffer("?"), MultiMap.caseInsensitiveMultiMap(), 500)
            .map(true)
            .otherwise(false));
  }
}
