package org.tradepost.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLogTest {
  private static final Duration END = Duration.ofSeconds(60);

  @Test
  void an_outage_lasts_from_one_answer_to_the_next() {
    List<Call> calls =
        List.of(
            call("ada", Action.PLACE, 10, Outcome.OK),
            call("ada", Action.PLACE, 20, Outcome.UNKNOWN),
            call("ada", Action.PLACE, 25, Outcome.REFUSED),
            call("ada", Action.PLACE, 59, Outcome.OK));
    assertThat(CallLog.longestOutage(calls, END)).isEqualTo(Duration.ofSeconds(34));
  }

  @Test
  void an_outage_is_of_one_client_and_may_last_to_the_end() {
    List<Call> calls =
        List.of(
            call("ada", Action.PLACE, 10, Outcome.OK),
            call("bob", Action.READ, 30, Outcome.OK),
            call("ada", Action.PLACE, 50, Outcome.OK));
    assertThat(CallLog.longestOutage(calls, END)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void the_catalogue_is_no_sign_of_life_of_orders() {
    List<Call> calls =
        List.of(
            call("ada", Action.PLACE, 5, Outcome.OK),
            call("ada", Action.BROWSE, 30, Outcome.OK),
            call("ada", Action.PLACE, 50, Outcome.OK));
    assertThat(CallLog.longestOutage(calls, END)).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void a_timeout_and_a_503_are_unknown_and_an_unexpected_answer_is_a_failure() {
    assertThat(Action.PLACE.outcome(Reply.missing("HttpTimeoutException")))
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(Action.PLACE.outcome(reply(503, "UNAVAILABLE"))).isEqualTo(Outcome.UNKNOWN);
    assertThat(Action.PLACE.outcome(reply(201, ""))).isEqualTo(Outcome.OK);
    assertThat(Action.PLACE.outcome(reply(409, "OUT_OF_STOCK"))).isEqualTo(Outcome.REFUSED);
    assertThat(Action.PLACE.outcome(reply(401, "UNAUTHENTICATED"))).isEqualTo(Outcome.FAILED);
    assertThat(Action.READ.outcome(reply(404, "NOT_FOUND"))).isEqualTo(Outcome.FAILED);
    assertThat(Action.CANCEL.outcome(reply(500, "INTERNAL"))).isEqualTo(Outcome.FAILED);
  }

  private static Reply reply(int status, String code) {
    return Reply.of(status, JsonNodeFactory.instance.objectNode().put("code", code));
  }

  private static Call call(String customer, Action action, long second, Outcome outcome) {
    Duration end = Duration.ofSeconds(second);
    return new Call(
        customer, action, new Attempt("key", List.of()), end, end, outcome, "", Optional.empty());
  }
}
