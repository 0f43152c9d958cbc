package org.tradepost.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.common.contract.auth.AuthContract.TRUST_CHANGED;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

class TrustPublisherTest {

  /** A separate node, on which nothing else sends notifications. */
  private final ClusterNode node = TestNode.start();

  @AfterEach
  void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void many_changes_at_once_are_few_notifications() {
    var notified = new AtomicInteger();
    TestNode.await(node.bus().onChange(TRUST_CHANGED, notified::incrementAndGet).completion());
    var trust = new TrustPublisher(node, null, null);
    for (var i = 0; i < 50; i++) {
      trust.changed();
    }
    // The first is sent at once, the others are merged.
    await().untilAsserted(() -> assertThat(notified.get()).isBetween(2, 49));
  }
}
