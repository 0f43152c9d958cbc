package org.tradepost.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.testing.TestNode.await;

import io.vertx.servicediscovery.ServiceDiscovery;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.testing.TestNode;

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

  /** As the oldest member does when a node is out of reach for a while. */
  @Test
  void a_service_whose_record_others_removed_is_announced_again() {
    var registration = await(directory.publish("weather", "1.0.0", "hash", List.of()));
    var others = ServiceDiscovery.create(node.vertx());
    await(others.unpublish(registration));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> await(directory.count("weather")) == 1);
    await(directory.withdraw(registration));
    assertThat(await(directory.count("weather"))).isZero();
  }
}
