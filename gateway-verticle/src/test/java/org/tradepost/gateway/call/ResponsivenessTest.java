package org.tradepost.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/** A service that replies neither to calls nor to probes. */
class ResponsivenessTest {

  private static ClusterNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void a_service_that_was_removed_is_neither_lost_nor_probed_any_more() {
    var probes = new AtomicInteger();
    var service =
        node.bus()
            .consume(DescriptionQuery.of("shed").address(), probe -> probes.incrementAndGet());
    TestNode.await(service.completion());
    var known = new AtomicBoolean(true);
    var responsiveness = new Responsiveness(node.vertx(), node.bus(), "shed", 50, known::get);
    var call = Promise.promise();
    responsiveness.watch(call.future());
    await().until(responsiveness::isUnresponsive);
    call.fail(ServiceException.noReply("shed"));
    var before = probes.get();
    await().until(() -> probes.get() > before);
    known.set(false);
    await().until(() -> !responsiveness.isUnresponsive());
    // The last probe may still arrive.
    await().during(Duration.ofSeconds(3)).until(() -> probes.getAndSet(0) == 0);
    assertThat(responsiveness.timesUnresponsive()).isEqualTo(1);
  }
}
