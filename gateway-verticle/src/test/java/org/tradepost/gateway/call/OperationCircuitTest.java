package org.tradepost.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

class OperationCircuitTest {

  private static ClusterNode node;

  private final AtomicLong nanos = new AtomicLong();
  private final OperationCircuit circuit =
      new OperationCircuit(node, "shed", "shed.v1.get", nanos::get);

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void it_is_reported_as_open_for_a_minute_after_the_last_call_without_a_reply() {
    for (var i = 0; i < 5; i++) {
      assertThat(circuit.isOpen()).isFalse();
      callInVain();
    }
    assertThat(circuit.isOpen()).isTrue();
    await().until(circuit::isTrial);
    pass(59);
    assertThat(circuit.isOpen()).isTrue();
    pass(1);
    assertThat(circuit.isOpen()).isFalse();
    callInVain();
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void it_is_reported_as_closed_after_a_reply() {
    for (var i = 0; i < 5; i++) {
      callInVain();
    }
    await().until(circuit::isTrial);
    assertThat(circuit.isOpen()).isTrue();
    TestNode.await(circuit.call(() -> Future.succeededFuture("a reply")));
    assertThat(circuit.isOpen()).isFalse();
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void callInVain() {
    var call = circuit.call(() -> Future.failedFuture(ServiceException.noReply("shed")));
    await().until(call::isComplete);
  }
}
