package org.tradepost.gateway.routing;

import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.TestDescription;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** The map of shared API descriptions, which is partitioned over all nodes. */
class SharedDescriptionsTest {

  private static final long WRITE_TIMEOUT_MILLIS = 500;

  private final TestCluster cluster = new TestCluster();
  private ClusterNode node;
  private ClusterNode other;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    node = cluster.start("node");
    other = cluster.start("other");
    gateway = TestGateway.start(node);
  }

  @AfterEach
  void stop() {
    gateway.stop();
    cluster.stop();
  }

  @Test
  void services_are_found_while_one_waits_for_a_frozen_node() {
    var parts = TestNode.hazelcast(other).getPartitionService();
    var local = TestNode.hazelcast(other).getCluster().getLocalMember();
    await().until(parts::isClusterSafe);
    var service =
        IntStream.range(0, 100)
            .mapToObj(i -> "service" + i)
            .filter(name -> parts.getPartition(name).getOwner().equals(local))
            .findFirst()
            .orElseThrow();
    var first = described(service, "/v1/first");
    var second = described("another", "/v1/second");
    var frozen = FrozenMember.freeze(other);
    try {
      publish(first);
      await().until(() -> isKnown("/v1/first"));
      publish(second);
      await().until(() -> isKnown("/v1/second"));
    } finally {
      frozen.thaw();
    }
  }

  /** Starts a service whose description can be read, but which is not in the directory yet. */
  private ApiDescription described(String service, String path) {
    var description = TestDescription.of(service, "1.0.0").path(path, "say").build();
    var address = DescriptionQuery.of(service).address();
    TestNode.await(
        node.bus()
            .consume(address, query -> query.reply(WireJson.write(description.document())))
            .completion());
    TestNode.await(node.registrations().hasListeners(address));
    return description;
  }

  /** Retries until the entry lands in a partition that responds, which is a matter of chance. */
  private void publish(ApiDescription description) {
    await()
        .until(
            () ->
                TestNode.await(
                    node.directory()
                        .publish(
                            description.service(),
                            description.version(),
                            description.hash(),
                            description.operations().keySet(),
                            Optional.empty())
                        .timeout(WRITE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .map(true)
                        .otherwise(false)));
  }

  private boolean isKnown(String path) {
    return gateway.get("/openapi.json").json().path("paths").has(path);
  }
}
