package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A buyer who places, cancels and reads orders and repeats requests. A call without a response is
 * repeated at once, later or never, so some orders appear in no response.
 */
public final class Buyer {
  private static final int MOST_KEPT = 8;
  private static final int MOST_REMEMBERED = 40;
  private static final int MOST_FORGOTTEN = 3;
  private static final int TRIES_AT_ONCE = 3;
  private static final int LONGEST_THOUGHT_MILLIS = 150;
  private static final int LATEST_SECONDS = 20;
  private static final int LONGEST_MOMENT_MILLIS = 30;

  private final String name;
  private final Customer customer;
  private final ScarceProducts catalogue;
  private final Random random;
  private final Map<String, OrderAttempt> kept = new LinkedHashMap<>();
  private final List<OrderAttempt> remembered = new ArrayList<>();
  private final Deque<OrderAttempt> forgotten = new ArrayDeque<>();
  private final PriorityQueue<Later> later =
      new PriorityQueue<>((one, other) -> Long.signum(one.due() - other.due()));
  private int keys;

  public Buyer(String name, Customer customer, ScarceProducts catalogue, Random random) {
    this.name = name;
    this.customer = customer;
    this.catalogue = catalogue;
    this.random = random;
  }

  /** A call to repeat at a time of {@link System#nanoTime}. */
  private record Later(long due, OrderAttempt attempt) {}

  /** Acts until {@code over}, with a pause between two actions. */
  public void buyUntil(CountDownLatch over) throws InterruptedException {
    do {
      act();
    } while (!over.await(random.nextInt(LONGEST_THOUGHT_MILLIS), TimeUnit.MILLISECONDS));
  }

  /** Repeats now what was left for later. */
  public void repeatTheRest() {
    later.forEach(left -> customer.place(left.attempt()).join());
  }

  private void act() {
    if (!later.isEmpty() && later.peek().due() - System.nanoTime() <= 0) {
      place(later.poll().attempt());
      return;
    }
    var dice = random.nextInt(100);
    if (dice < 10) {
      customer.browse(catalogue.product(random)).join();
    } else if (dice < 20) {
      readOne();
    } else if (dice < 30) {
      repeatOne();
    } else if (dice < 45 || kept.size() >= MOST_KEPT) {
      cancelOne();
    } else {
      order();
    }
  }

  private void order() {
    var attempt = new OrderAttempt(name + "-" + ++keys, catalogue.randomLines(random));
    var other = new OrderAttempt(attempt.key(), catalogue.randomLines(random));
    var dice = random.nextInt(100);
    if (dice < 10) {
      together(List.of(attempt, attempt, attempt));
    } else if (dice < 15) {
      together(List.of(attempt, other));
    } else if (dice < 25) {
      await(customer.placeWithin(moment(), attempt), attempt);
    } else {
      place(attempt);
      if (dice < 30) {
        place(other);
      }
    }
    remembered.add(attempt);
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(0);
    }
  }

  private void together(List<OrderAttempt> attempts) {
    var calls = attempts.stream().map(customer::place).toList();
    calls.forEach(call -> keep(call.join()));
  }

  private void place(OrderAttempt attempt) {
    await(customer.place(attempt), attempt);
  }

  private void await(CompletableFuture<LoggedCall> first, OrderAttempt attempt) {
    var call = first.join();
    for (var attempts = 1;
        call.outcome() == CallOutcome.UNKNOWN && attempts < TRIES_AT_ONCE;
        attempts++) {
      switch (random.nextInt(3)) {
        case 0 -> call = customer.place(attempt).join();
        case 1 -> {
          later.add(new Later(soon(), attempt));
          return;
        }
        default -> {
          forget(attempt);
          return;
        }
      }
    }
    keep(call);
    if (call.outcome() == CallOutcome.REFUSED && random.nextBoolean()) {
      cancelOne();
    }
  }

  /** Gives up an attempt, but repeats older ones later: orders that no buyer knows tie up stock. */
  private void forget(OrderAttempt attempt) {
    forgotten.add(attempt);
    if (forgotten.size() > MOST_FORGOTTEN) {
      later.add(new Later(soon(), forgotten.poll()));
    }
  }

  /** About as long as placing an order takes. */
  private Duration moment() {
    return Duration.ofMillis(1 + random.nextInt(LONGEST_MOMENT_MILLIS));
  }

  private long soon() {
    return System.nanoTime() + Duration.ofMillis(random.nextInt(LATEST_SECONDS * 1_000)).toNanos();
  }

  private void keep(LoggedCall call) {
    call.reportedOrder().ifPresent(order -> kept.put(order.id(), call.attempt()));
  }

  private void repeatOne() {
    if (!remembered.isEmpty()) {
      place(remembered.get(random.nextInt(remembered.size())));
    }
  }

  private void readOne() {
    if (!kept.isEmpty()) {
      var order = anyKept();
      customer.read(order, kept.get(order)).join();
    }
  }

  /** Cancels an order, sometimes twice at once; without success it may be kept to try again. */
  private void cancelOne() {
    if (kept.isEmpty()) {
      return;
    }
    var order = anyKept();
    var attempt = kept.get(order);
    var first = customer.cancel(order, attempt);
    if (random.nextInt(10) == 0) {
      customer.cancel(order, attempt).join();
    }
    if (first.join().outcome() == CallOutcome.OK || random.nextInt(3) == 0) {
      kept.remove(order);
    }
  }

  private String anyKept() {
    return List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
  }
}
