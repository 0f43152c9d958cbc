package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Requests at a fixed rate, each sent on time whatever became of earlier ones, like those of
 * independent customers.
 */
final class SteadyLoad implements AutoCloseable {

  private static final int PER_SECOND = 60;

  /** A log-in costs a password hash, so there are few of them. */
  private static final int LOG_IN_EVERY = 30;

  private static final List<RequestKind> OTHERS =
      List.of(RequestKind.OWN_ORDERS, RequestKind.ORDER, RequestKind.PRODUCT);
  private static final Duration CALM = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final Function<RequestKind, CompletableFuture<Integer>> sender;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Queue<Sent> requests = new ConcurrentLinkedQueue<>();
  private int count;

  private record Sent(long at, CompletableFuture<Outcome> outcome) {}

  /**
   * @param sender sends a request; its result is the status
   */
  SteadyLoad(Function<RequestKind, CompletableFuture<Integer>> sender) {
    this.sender = sender;
    var pause = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    var unused = clock.scheduleAtFixedRate(this::sendNext, 0, pause, TimeUnit.NANOSECONDS);
  }

  private void sendNext() {
    var number = count++;
    var kind = number % LOG_IN_EVERY == 0 ? RequestKind.LOG_IN : OTHERS.get(number % OTHERS.size());
    var sent = System.nanoTime();
    var outcome =
        sender
            .apply(kind)
            .exceptionally(noReply -> 0)
            .thenApply(status -> new Outcome(kind, sent, System.nanoTime(), status));
    requests.add(new Sent(sent, outcome));
  }

  /** Waits for a period from a moment on, and for the outcomes of all requests sent in it. */
  Observation observe(long since, Duration length) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - since >= length.toNanos());
    var outcomes =
        requests.stream()
            .filter(request -> request.at >= since && request.at - since < length.toNanos())
            .map(request -> request.outcome.join())
            .toList();
    return new Observation(since, outcomes);
  }

  /** Waits until everything has succeeded for two seconds. */
  void awaitCalm() {
    await().atMost(TIMEOUT).until(this::isCalm);
  }

  /** Observes from a moment until everything has succeeded for two seconds, at least for four. */
  Observation awaitCalm(long since) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - since >= 2 * CALM.toNanos() && isCalm());
    return observe(since, Duration.ofNanos(System.nanoTime() - since));
  }

  private boolean isCalm() {
    var ended = endedSince(System.nanoTime() - CALM.toNanos());
    return ended.stream().noneMatch(Outcome::failed)
        && ended.stream().map(Outcome::kind).distinct().count() == RequestKind.values().length;
  }

  private List<Outcome> endedSince(long from) {
    return requests.stream()
        .map(Sent::outcome)
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .filter(outcome -> outcome.ended() >= from)
        .toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
