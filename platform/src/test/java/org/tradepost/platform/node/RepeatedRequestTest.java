package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.common.error.CommonError.UNAVAILABLE;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.common.bus.RepeatedRequest;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.testing.TestNode;

class RepeatedRequestTest {

  private static final long LONG = 600_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<Promise<Message<Buffer>>> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    TestNode.await(vertx.close());
  }

  @Test
  void the_late_answer_of_an_earlier_attempt_counts() {
    var outcome = request(new RepeatPolicy(LONG, 1, 2), true).start();
    await().until(() -> sent.size() == 2);
    sent.get(0).complete();
    assertThat(outcome.succeeded()).isTrue();
  }

  @Test
  void who_cannot_now_leaves_it_to_who_can() {
    var outcome = request(new RepeatPolicy(LONG, 1, 2), true).start();
    await().until(() -> sent.size() == 2);
    sent.get(0).fail(new ServiceException(CommonError.OVERLOADED));
    assertThat(outcome.isComplete()).isFalse();
    sent.get(1).complete();
    assertThat(outcome.succeeded()).isTrue();
  }

  @Test
  void a_rejection_is_an_answer() {
    var outcome = request(new RepeatPolicy(LONG, LONG, 2), true).start();
    sent.get(0).fail(new ServiceException(ProductError.OUT_OF_STOCK));
    assertThat(outcome.failed()).isTrue();
    assertThat(sent).hasSize(1);
  }

  @Test
  void a_missing_reply_is_followed_by_the_next_attempt_until_there_were_enough() {
    var outcome = request(new RepeatPolicy(LONG, LONG, 2), true).start();
    sent.get(0).fail(ServiceException.noReply("stock"));
    assertThat(sent).hasSize(2);
    sent.get(1).fail(ServiceException.noReply("stock"));
    assertThat(outcome.failed()).isTrue();
    assertThat(sent).hasSize(2);
  }

  @Test
  void a_rejection_does_not_say_what_became_of_an_attempt_before_it() {
    var outcome = request(new RepeatPolicy(LONG, LONG, 2), true).start();
    sent.get(0).fail(ServiceException.noReply("stock"));
    sent.get(1).fail(new ServiceException(CommonError.OVERLOADED));
    assertThat(outcome.cause())
        .isInstanceOfSatisfying(
            ServiceException.class, failure -> assertThat(failure.is(UNAVAILABLE)).isTrue())
        .matches(failure -> !ServiceException.isNoReply(failure), "a reply has come");
  }

  @Test
  void an_instance_that_was_too_late_is_followed_by_the_next_though_the_timer_is_behind() {
    Promise<Future<Message<Buffer>>> outcome = Promise.promise();
    // The timer would fire on this event loop, which is busy until the attempt has ended.
    vertx.runOnContext(
        here -> {
          outcome.complete(request(new RepeatPolicy(LONG, 1, 2), true).start());
          var begun = System.currentTimeMillis();
          while (System.currentTimeMillis() <= begun + 1) {
            Thread.onSpinWait();
          }
          sent.get(0).fail(ServiceException.unavailable("The request timed out"));
        });
    await().until(() -> sent.size() == 2);
    sent.get(1).complete();
    assertThat(TestNode.await(outcome.future()).succeeded()).isTrue();
  }

  @Test
  void a_rejection_for_now_is_an_answer_while_its_time_is_not_up() {
    var outcome = request(new RepeatPolicy(LONG, LONG, 2), true).start();
    sent.get(0).fail(new ServiceException(CommonError.OVERLOADED));
    assertThat(outcome.failed()).isTrue();
    assertThat(sent).hasSize(1);
  }

  @Test
  void nothing_is_repeated_that_may_not_be() {
    var outcome = request(new RepeatPolicy(LONG, LONG, 2), false).start();
    sent.get(0).fail(ServiceException.noReply("stock"));
    assertThat(outcome.failed()).isTrue();
    assertThat(sent).hasSize(1);
  }

  private RepeatedRequest request(RepeatPolicy policy, boolean allowed) {
    return new RepeatedRequest(vertx, policy, () -> allowed, this::send);
  }

  private Future<Message<Buffer>> send(long millis) {
    Promise<Message<Buffer>> attempt = Promise.promise();
    sent.add(attempt);
    return attempt.future();
  }
}
