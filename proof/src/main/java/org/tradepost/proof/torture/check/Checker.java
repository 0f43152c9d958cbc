package org.tradepost.proof.torture.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.proof.torture.load.Action;
import org.tradepost.proof.torture.load.CallOutcome;
import org.tradepost.proof.torture.load.LoggedCall;
import org.tradepost.proof.torture.load.ReportedOrder;
import org.tradepost.proof.torture.load.RequestedLine;

/** Compares the responses to clients with what is stored, from the evidence alone. */
public final class Checker {
  private final List<LoggedCall> calls;
  private final List<LoggedCall> reported;
  private final StoredState stored;
  private final Map<String, Long> initialStock;
  private final Map<String, StoredState.Row> rows = new HashMap<>();

  private Checker(Evidence evidence) {
    this.calls = evidence.calls();
    this.reported = calls.stream().filter(call -> call.reportedOrder().isPresent()).toList();
    this.stored = evidence.stored();
    this.initialStock = evidence.initialStock();
    stored.orders().forEach(row -> rows.put(row.order().id(), row));
  }

  /** An idempotency key of a customer. */
  private record CustomerKey(String customer, String key) {
    static CustomerKey of(LoggedCall call) {
      return new CustomerKey(call.customer(), call.attempt().key());
    }

    static CustomerKey of(StoredState.Row row) {
      return new CustomerKey(row.order().customer(), row.key());
    }
  }

  /** All checks, with or without findings. */
  public static List<CheckResult> check(Evidence evidence) {
    var checker = new Checker(evidence);
    return List.of(
        checker.nothingFailed(),
        checker.reportedOrdersAreStored(),
        checker.whatWasCancelledIsCancelled(),
        checker.whatWasAbandonedIsNotStored(),
        checker.whatIsStoredWasAttempted(),
        checker.aKeyHasOneOrder(),
        checker.aKeyHasOneAnswer(),
        checker.answersAreWhatWasAskedFor(),
        checker.mismatchesHaveAReason(),
        checker.stockAddsUp());
  }

  private CheckResult nothingFailed() {
    var findings =
        calls.stream()
            .filter(call -> call.outcome() == CallOutcome.FAILED)
            .map(call -> "%s of %s: %s".formatted(call.action(), name(call), call.failure()))
            .toList();
    return new CheckResult(
        "no call is answered with what should never be answered", calls.size(), findings);
  }

  private CheckResult reportedOrdersAreStored() {
    var findings = new LinkedHashMap<String, String>();
    for (var call : reported) {
      var order = call.reportedOrder().orElseThrow();
      var row = rows.get(order.id());
      if (row == null) {
        findings.put(order.id(), "%s: order %s is not stored".formatted(name(call), order.id()));
      } else if (!CustomerKey.of(row).equals(CustomerKey.of(call))
          || !order.isSameAs(row.order())) {
        findings.put(
            order.id(), "%s: response says %s, stored is %s".formatted(name(call), order, row));
      }
    }
    return new CheckResult(
        "acknowledged minus stored = 0", distinctOrders(reported), List.copyOf(findings.values()));
  }

  private CheckResult whatWasCancelledIsCancelled() {
    var cancelled =
        reported.stream().filter(call -> call.reportedOrder().orElseThrow().isCancelled()).toList();
    var findings = new HashSet<String>();
    for (var call : cancelled) {
      var row = rows.get(call.reportedOrder().orElseThrow().id());
      if (row != null && !row.order().isCancelled()) {
        findings.add(
            "%s: order %s was cancelled, stored is %s"
                .formatted(name(call), row.order().id(), row.order().status()));
      }
    }
    return new CheckResult(
        "what was acknowledged as cancelled is cancelled",
        distinctOrders(cancelled),
        List.copyOf(findings));
  }

  private CheckResult whatWasAbandonedIsNotStored() {
    var abandoned =
        calls.stream()
            .filter(call -> call.failure().endsWith("ORDER_ABANDONED"))
            .map(CustomerKey::of)
            .collect(Collectors.toSet());
    return new CheckResult(
        "no order is stored that was called abandoned",
        abandoned.size(),
        stored.orders().stream()
            .filter(row -> abandoned.contains(CustomerKey.of(row)))
            .map(row -> "%s was called abandoned".formatted(row))
            .toList());
  }

  private CheckResult whatIsStoredWasAttempted() {
    var attempted = attempted();
    return new CheckResult(
        "stored minus attempted = 0",
        stored.orders().size(),
        stored.orders().stream()
            .filter(
                row ->
                    !attempted
                        .getOrDefault(CustomerKey.of(row), Set.of())
                        .contains(row.order().requestedLines()))
            .map(row -> "%s was not attempted".formatted(row))
            .toList());
  }

  private Map<CustomerKey, Set<List<RequestedLine>>> attempted() {
    return calls.stream()
        .filter(call -> call.action() == Action.PLACE)
        .collect(
            Collectors.groupingBy(
                CustomerKey::of,
                Collectors.mapping(call -> call.attempt().lines(), Collectors.toSet())));
  }

  private CheckResult aKeyHasOneOrder() {
    var orders =
        stored.orders().stream()
            .collect(
                Collectors.groupingBy(
                    CustomerKey::of,
                    Collectors.mapping(row -> row.order().id(), Collectors.toList())));
    return new CheckResult(
        "orders per customer and key <= 1",
        orders.size(),
        orders.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(entry -> "%s has %s".formatted(entry.getKey(), entry.getValue()))
            .toList());
  }

  private CheckResult aKeyHasOneAnswer() {
    var first = new HashMap<CustomerKey, ReportedOrder>();
    var findings = new ArrayList<String>();
    for (var call : reported) {
      var order = call.reportedOrder().orElseThrow();
      var earlier = first.putIfAbsent(CustomerKey.of(call), order);
      if (earlier != null && !earlier.isSameAs(order)) {
        findings.add("%s: responses say %s and %s".formatted(name(call), earlier, order));
      }
    }
    return new CheckResult("all answers to one key name the same order", first.size(), findings);
  }

  private CheckResult answersAreWhatWasAskedFor() {
    return new CheckResult(
        "an answer has the customer and the lines of its request",
        reported.size(),
        reported.stream()
            .filter(
                call -> {
                  var order = call.reportedOrder().orElseThrow();
                  return !order.customer().equals(call.customer())
                      || !order.requestedLines().equals(call.attempt().lines());
                })
            .map(
                call ->
                    "%s: asked for %s, response says %s"
                        .formatted(
                            name(call), call.attempt().lines(), call.reportedOrder().orElseThrow()))
            .toList());
  }

  private CheckResult mismatchesHaveAReason() {
    var attempted = attempted();
    var mismatches =
        calls.stream().filter(call -> call.failure().endsWith("IDEMPOTENCY_MISMATCH")).toList();
    return new CheckResult(
        "a key is rejected for another body only if it had one",
        mismatches.size(),
        mismatches.stream()
            .filter(call -> attempted.get(CustomerKey.of(call)).size() == 1)
            .map(call -> "%s: had one body alone".formatted(name(call)))
            .toList());
  }

  private CheckResult stockAddsUp() {
    var sold = new HashMap<String, Long>();
    for (var row : stored.orders()) {
      if (!row.order().isCancelled()) {
        row.order()
            .lines()
            .forEach(line -> sold.merge(line.product(), (long) line.quantity(), Long::sum));
      }
    }
    var stocks =
        stored.stocks().stream()
            .collect(Collectors.toMap(StoredState.Stock::product, stock -> stock));
    var findings = new ArrayList<String>();
    initialStock.forEach(
        (product, initial) -> {
          var stock = stocks.getOrDefault(product, new StoredState.Stock(product, 0, 0));
          long pieces = sold.getOrDefault(product, 0L);
          if (pieces + stock.left() + stock.held() != initial) {
            findings.add(
                String.format(
                    Locale.ROOT,
                    "product %s: %d sold + %d left + %d held, of %d",
                    product,
                    pieces,
                    stock.left(),
                    stock.held(),
                    initial));
          }
        });
    return new CheckResult("units sold + left + held = initial", initialStock.size(), findings);
  }

  private static long distinctOrders(List<LoggedCall> calls) {
    return calls.stream().map(call -> call.reportedOrder().orElseThrow().id()).distinct().count();
  }

  private static String name(LoggedCall call) {
    return "customer %s, key %s".formatted(call.customer(), call.attempt().key());
  }
}
