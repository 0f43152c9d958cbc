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
  private static final int MAX_CANCELLABLE = 8;
  private static final int MAX_REPEATABLE = 40;
  private static final int MAX_GIVEN_UP = 3;
  private static final int MAX_IMMEDIATE_ATTEMPTS = 3;
  private static final int MAX_PAUSE_MILLIS = 150;
  private static final int MAX_RETRY_DELAY_SECONDS = 20;
  private static final int MAX_SHORT_TIMEOUT_MILLIS = 30;

  private final String name;
  private final Customer customer;
  private final ScarceProducts catalogue;
  private final Random random;
  private final Map<String, OrderAttempt> cancellable = new LinkedHashMap<>();
  private final List<OrderAttempt> repeatable = new ArrayList<>();
  private final Deque<OrderAttempt> givenUp = new ArrayDeque<>();
  private final PriorityQueue<Retry> retries =
      new PriorityQueue<>((one, other) -> Long.signum(one.due() - other.due()));
  private int keys;

  public Buyer(String name, Customer customer, ScarceProducts catalogue, Random random) {
    this.name = name;
    this.customer = customer;
    this.catalogue = catalogue;
    this.random = random;
  }

  /** A call to repeat at a time of {@link System#nanoTime}. */
  private record Retry(long due, OrderAttempt attempt) {}

  /** Acts until {@code loadEnded}, with a pause between two actions. */
  public void buyUntil(CountDownLatch loadEnded) throws InterruptedException {
    do {
      act();
    } while (!loadEnded.await(random.nextInt(MAX_PAUSE_MILLIS), TimeUnit.MILLISECONDS));
  }

  /** Repeats now what was left for later. */
  public void repeatTheRest() {
    retries.forEach(left -> customer.place(left.attempt()).join());
  }

  private void act() {
    if (!retries.isEmpty() && retries.peek().due() - System.nanoTime() <= 0) {
      place(retries.poll().attempt());
      return;
    }
    var dice = random.nextInt(100);
    if (dice < 10) {
      customer.browse(catalogue.product(random)).join();
    } else if (dice < 20) {
      readOne();
    } else if (dice < 30) {
      repeatOne();
    } else if (dice < 45 || cancellable.size() >= MAX_CANCELLABLE) {
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
      await(customer.placeWithin(shortTimeout(), attempt), attempt);
    } else {
      place(attempt);
      if (dice < 30) {
        place(other);
      }
    }
    repeatable.add(attempt);
    if (repeatable.size() > MAX_REPEATABLE) {
      repeatable.remove(0);
    }
  }

  private void together(List<OrderAttempt> attempts) {
    var calls = attempts.stream().map(customer::place).toList();
    calls.forEach(call -> remember(call.join()));
  }

  private void place(OrderAttempt attempt) {
    await(customer.place(attempt), attempt);
  }

  private void await(CompletableFuture<LoggedCall> first, OrderAttempt attempt) {
    var call = first.join();
    for (var attempts = 1;
        call.outcome() == CallOutcome.UNKNOWN && attempts < MAX_IMMEDIATE_ATTEMPTS;
        attempts++) {
      switch (random.nextInt(3)) {
        case 0 -> call = customer.place(attempt).join();
        case 1 -> {
          retries.add(new Retry(retryTime(), attempt));
          return;
        }
        default -> {
          giveUp(attempt);
          return;
        }
      }
    }
    remember(call);
    if (call.outcome() == CallOutcome.REJECTED && random.nextBoolean()) {
      cancelOne();
    }
  }

  /** Gives up an attempt, but repeats older ones later: orders that no buyer knows tie up stock. */
  private void giveUp(OrderAttempt attempt) {
    givenUp.add(attempt);
    if (givenUp.size() > MAX_GIVEN_UP) {
      retries.add(new Retry(retryTime(), givenUp.poll()));
    }
  }

  /** About as long as placing an order takes. */
  private Duration shortTimeout() {
    return Duration.ofMillis(1 + random.nextInt(MAX_SHORT_TIMEOUT_MILLIS));
  }

  private long retryTime() {
    return System.nanoTime()
        + Duration.ofMillis(random.nextInt(MAX_RETRY_DELAY_SECONDS * 1_000)).toNanos();
  }

  private void remember(LoggedCall call) {
    call.reportedOrder().ifPresent(order -> cancellable.put(order.id(), call.attempt()));
  }

  private void repeatOne() {
    if (!repeatable.isEmpty()) {
      place(repeatable.get(random.nextInt(repeatable.size())));
    }
  }

  private void readOne() {
    if (!cancellable.isEmpty()) {
      var order = anyCancellable();
      customer.read(order, cancellable.get(order)).join();
    }
  }

  /** Cancels an order, sometimes twice at once; without success it may be kept to try again. */
  private void cancelOne() {
    if (cancellable.isEmpty()) {
      return;
    }
    var order = anyCancellable();
    var attempt = cancellable.get(order);
    var first = customer.cancel(order, attempt);
    if (random.nextInt(10) == 0) {
      customer.cancel(order, attempt).join();
    }
    if (first.join().outcome() == CallOutcome.OK || random.nextInt(3) == 0) {
      cancellable.remove(order);
    }
  }

  private String anyCancellable() {
    return List.copyOf(cancellable.keySet()).get(random.nextInt(cancellable.size()));
  }
}
