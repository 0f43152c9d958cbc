package org.tradepost.proof.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class ActionTest {
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
}
