package org.tradepost.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;
import org.tradepost.proof.torture.load.OrderAttempt;
import org.tradepost.proof.torture.load.ReportedOrder;
import org.tradepost.proof.torture.load.RequestedLine;

/** Damages a correct history in every way that the checker must detect. */
class CheckerTest {
  private static final String ADA = "ada";
  private static final String LAMP = "lamp";
  private static final String MUG = "mug";
  private static final OrderAttempt ONE_LAMP =
      new OrderAttempt("a", List.of(new RequestedLine(LAMP, 1)));
  private static final OrderAttempt OTHER_LAMPS =
      new OrderAttempt("a", List.of(new RequestedLine(LAMP, 5)));
  private static final OrderAttempt LAMP_AND_MUGS =
      new OrderAttempt("b", List.of(new RequestedLine(LAMP, 1), new RequestedLine(MUG, 2)));
  private static final OrderAttempt NEVER_TOLD =
      new OrderAttempt("c", List.of(new RequestedLine(MUG, 3)));
  private static final OrderAttempt ABANDONED =
      new OrderAttempt("d", List.of(new RequestedLine(MUG, 4)));

  private final List<LoggedCall> calls = new ArrayList<>();
  private final Map<String, StoredState.Row> rows = new LinkedHashMap<>();
  private StoredState.Stock lamps = new StoredState.Stock(LAMP, 9, 0);
  private StoredState.Stock mugs = new StoredState.Stock(MUG, 6, 1);

  /** One lamp sold, one lamp and two mugs cancelled, three mugs sold, one mug held. */
  CheckerTest() {
    done(Action.PLACE, ONE_LAMP, placed(ONE_LAMP));
    done(Action.PLACE, ONE_LAMP, placed(ONE_LAMP));
    rejected(OTHER_LAMPS, "422 IDEMPOTENCY_MISMATCH");
    done(Action.PLACE, LAMP_AND_MUGS, placed(LAMP_AND_MUGS));
    done(Action.CANCEL, LAMP_AND_MUGS, cancelled(LAMP_AND_MUGS));
    note(Action.PLACE, NEVER_TOLD, CallOutcome.UNKNOWN, "503", Optional.empty());
    rejected(ABANDONED, "409 ORDER_ABANDONED");
    store(ONE_LAMP, placed(ONE_LAMP));
    store(LAMP_AND_MUGS, cancelled(LAMP_AND_MUGS));
    store(NEVER_TOLD, placed(NEVER_TOLD));
  }

  @Test
  void finds_nothing_in_a_healthy_history() {
    assertThat(findings()).isEmpty();
    assertThat(check()).allSatisfy(check -> assertThat(check.checked()).isPositive());
  }

  @Test
  void names_an_order_that_was_lost() {
    rows.remove("a");
    lamps = new StoredState.Stock(LAMP, 10, 0);
    assertOnly("acknowledged minus stored = 0", "order of a");
  }

  @Test
  void names_an_order_with_other_lines_than_its_response_has() {
    var order = placed(ONE_LAMP);
    store(
        ONE_LAMP,
        new ReportedOrder(
            order.id(), ADA, "PLACED", 10, List.of(new ReportedOrder.Line(LAMP, 1, 11))));
    assertOnly("acknowledged minus stored = 0", "order of a");
  }

  @Test
  void names_an_order_with_another_total_than_its_response_has() {
    var order = placed(ONE_LAMP);
    store(ONE_LAMP, new ReportedOrder(order.id(), ADA, "PLACED", 11, order.lines()));
    assertOnly("acknowledged minus stored = 0", "order of a");
  }

  @Test
  void names_an_order_that_went_to_another_customer() {
    var order = placed(ONE_LAMP);
    store(ONE_LAMP, new ReportedOrder(order.id(), "bob", "PLACED", 10, order.lines()));
    assertThat(findings())
        .containsOnlyKeys("acknowledged minus stored = 0", "stored minus attempted = 0");
  }

  @Test
  void names_an_order_that_was_cancelled_and_is_not() {
    store(LAMP_AND_MUGS, placed(LAMP_AND_MUGS));
    lamps = new StoredState.Stock(LAMP, 8, 0);
    mugs = new StoredState.Stock(MUG, 4, 1);
    assertOnly("what was acknowledged as cancelled is cancelled", "order of b");
  }

  @Test
  void names_an_order_that_was_called_abandoned() {
    store(ABANDONED, placed(ABANDONED));
    mugs = new StoredState.Stock(MUG, 2, 1);
    assertOnly("no order is stored that was called abandoned", "order of d");
  }

  @Test
  void names_an_order_that_nobody_attempted() {
    var foreign = new OrderAttempt("e", List.of(new RequestedLine(LAMP, 1)));
    store(foreign, placed(foreign));
    lamps = new StoredState.Stock(LAMP, 8, 0);
    assertOnly("stored minus attempted = 0", "order of e");
  }

  @Test
  void names_an_order_that_was_attempted_with_other_lines() {
    store(NEVER_TOLD, placed(new OrderAttempt("c", List.of(new RequestedLine(MUG, 2)))));
    mugs = new StoredState.Stock(MUG, 7, 1);
    assertOnly("stored minus attempted = 0", "order of c");
  }

  @Test
  void names_a_key_with_two_orders() {
    var second = new ReportedOrder("second", ADA, "PLACED", 30, placed(NEVER_TOLD).lines());
    rows.put("second", new StoredState.Row("c", second));
    mugs = new StoredState.Stock(MUG, 3, 1);
    assertOnly("orders per customer and key <= 1", "second");
  }

  @Test
  void names_a_key_that_was_answered_with_two_orders() {
    var second = new ReportedOrder("second", ADA, "PLACED", 10, placed(ONE_LAMP).lines());
    done(Action.PLACE, ONE_LAMP, second);
    assertThat(findings())
        .containsOnlyKeys(
            "acknowledged minus stored = 0", "all answers to one key name the same order");
  }

  @Test
  void names_an_answer_to_another_body() {
    done(Action.PLACE, OTHER_LAMPS, placed(ONE_LAMP));
    assertOnly("an answer has the customer and the lines of its request", "key a");
  }

  @Test
  void names_a_rejection_for_another_body_that_there_never_was() {
    rejected(LAMP_AND_MUGS, "422 IDEMPOTENCY_MISMATCH");
    assertOnly("a key is rejected for another body only if it had one", "key b");
  }

  @Test
  void names_a_product_that_was_sold_twice() {
    lamps = new StoredState.Stock(LAMP, 10, 0);
    assertOnly(
        "units sold + left + held = initial", "product lamp: 1 sold + 10 left + 0 held, of 10");
  }

  @Test
  void names_a_product_of_which_pieces_leaked() {
    mugs = new StoredState.Stock(MUG, 6, 0);
    assertOnly(
        "units sold + left + held = initial", "product mug: 3 sold + 6 left + 0 held, of 10");
  }

  @Test
  void names_an_answer_that_should_never_be_given() {
    note(Action.READ, ONE_LAMP, CallOutcome.FAILED, "500 INTERNAL", Optional.empty());
    assertOnly("no call is answered with what should never be answered", "500 INTERNAL");
  }

  private void assertOnly(String check, String finding) {
    assertThat(findings()).containsOnlyKeys(check);
    assertThat(findings().get(check)).singleElement().asString().contains(finding);
  }

  private Map<String, List<String>> findings() {
    var findings = new LinkedHashMap<String, List<String>>();
    for (var check : check()) {
      if (!check.findings().isEmpty()) {
        findings.put(check.condition(), check.findings());
      }
    }
    return findings;
  }

  private List<CheckResult> check() {
    return Checker.check(
        new Evidence(
            calls,
            Duration.ofMinutes(1),
            Map.of(LAMP, 10L, MUG, 10L),
            new StoredState(List.copyOf(rows.values()), 1, List.of(lamps, mugs))));
  }

  private void done(Action action, OrderAttempt attempt, ReportedOrder order) {
    note(action, attempt, CallOutcome.OK, "", Optional.of(order));
  }

  private void rejected(OrderAttempt attempt, String words) {
    note(Action.PLACE, attempt, CallOutcome.REJECTED, words, Optional.empty());
  }

  private void note(
      Action action,
      OrderAttempt attempt,
      CallOutcome outcome,
      String words,
      Optional<ReportedOrder> reportedOrder) {
    calls.add(
        new LoggedCall(
            ADA,
            action,
            attempt,
            Duration.ZERO,
            Duration.ofSeconds(1),
            outcome,
            words,
            reportedOrder));
  }

  private void store(OrderAttempt attempt, ReportedOrder order) {
    rows.put(attempt.key(), new StoredState.Row(attempt.key(), order));
  }

  private static ReportedOrder placed(OrderAttempt attempt) {
    return order(attempt, "PLACED");
  }

  private static ReportedOrder cancelled(OrderAttempt attempt) {
    return order(attempt, "CANCELLED");
  }

  private static ReportedOrder order(OrderAttempt attempt, String status) {
    var lines =
        attempt.lines().stream()
            .map(line -> new ReportedOrder.Line(line.product(), line.quantity(), 10))
            .toList();
    var total = lines.stream().mapToLong(line -> line.quantity() * line.unitPrice()).sum();
    return new ReportedOrder("order of " + attempt.key(), ADA, status, total, lines);
  }
}
