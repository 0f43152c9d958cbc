package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.testing.TestNode;

/** One of two instances stalls. */
class StallTest extends TwoInstancesUnderLoad {
  @Test
  void a_node_that_continues_after_a_stall_rejects_no_request() {
    var continues = new CountDownLatch(1);
    try {
      TestNode.stall(first, continues);
      await().until(() -> first.eventLoopStall().millis() > 2 * TIMEOUT_MILLIS);
      awaitAnswersToAll();
      var before = lost.get();
      callAllTheTime();
      continues.countDown();
      var after = servedByFirst.get();
      await().until(() -> servedByFirst.get() > after + 100);
      awaitAnswersToAll();
      assertThat(lost).hasValue(before);
    } finally {
      continues.countDown();
    }
  }
}
