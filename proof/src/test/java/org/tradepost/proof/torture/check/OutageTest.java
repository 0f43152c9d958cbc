package org.tradepost.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;
import org.tradepost.proof.torture.load.OrderAttempt;

class OutageTest {
  private static final Duration END = Duration.ofSeconds(60);

  @Test
  void an_outage_lasts_from_one_answer_to_the_next() {
    var calls =
        List.of(
            call("ada", Action.PLACE, 10, CallOutcome.OK),
            call("ada", Action.PLACE, 20, CallOutcome.UNKNOWN),
            call("ada", Action.PLACE, 25, CallOutcome.REJECTED),
            call("ada", Action.PLACE, 59, CallOutcome.OK));
    assertThat(Outage.longest(calls, END)).isEqualTo(outage(25, 34));
  }

  @Test
  void an_outage_is_of_one_client_and_may_last_to_the_end() {
    var calls =
        List.of(
            call("ada", Action.PLACE, 10, CallOutcome.OK),
            call("bob", Action.READ, 30, CallOutcome.OK),
            call("ada", Action.PLACE, 50, CallOutcome.OK));
    assertThat(Outage.longest(calls, END)).isEqualTo(outage(10, 40));
  }

  @Test
  void the_catalogue_is_no_sign_of_life_of_orders() {
    var calls =
        List.of(
            call("ada", Action.PLACE, 5, CallOutcome.OK),
            call("ada", Action.BROWSE, 30, CallOutcome.OK),
            call("ada", Action.PLACE, 50, CallOutcome.OK));
    assertThat(Outage.longest(calls, END)).isEqualTo(outage(5, 45));
  }

  private static Outage outage(long start, long length) {
    return new Outage(Duration.ofSeconds(start), Duration.ofSeconds(length));
  }

  private static LoggedCall call(String customer, Action action, long second, CallOutcome outcome) {
    var end = Duration.ofSeconds(second);
    return new LoggedCall(
        customer,
        action,
        new OrderAttempt("key", List.of()),
        end,
        end,
        outcome,
        "",
        Optional.empty());
  }
}
