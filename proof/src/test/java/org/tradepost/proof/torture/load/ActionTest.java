package org.tradepost.proof.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class ActionTest {
  @Test
  void a_timeout_and_a_503_are_unknown_and_an_unexpected_answer_is_a_failure() {
    assertThat(Action.PLACE.outcome(ApiReply.missing("HttpTimeoutException")))
        .isEqualTo(CallOutcome.UNKNOWN);
    assertThat(Action.PLACE.outcome(reply(503, "UNAVAILABLE"))).isEqualTo(CallOutcome.UNKNOWN);
    assertThat(Action.PLACE.outcome(reply(201, ""))).isEqualTo(CallOutcome.OK);
    assertThat(Action.PLACE.outcome(reply(409, "OUT_OF_STOCK"))).isEqualTo(CallOutcome.REJECTED);
    assertThat(Action.PLACE.outcome(reply(401, "UNAUTHENTICATED"))).isEqualTo(CallOutcome.FAILED);
    assertThat(Action.READ.outcome(reply(404, "NOT_FOUND"))).isEqualTo(CallOutcome.FAILED);
    assertThat(Action.CANCEL.outcome(reply(500, "INTERNAL"))).isEqualTo(CallOutcome.FAILED);
  }

  private static ApiReply reply(int status, String code) {
    return ApiReply.of(status, JsonNodeFactory.instance.objectNode().put("code", code));
  }
}
