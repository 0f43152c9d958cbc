package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Customers who place orders, a limited number of them at once. */
final class Buyers implements AutoCloseable {

  private final ExecutorService threads;
  private final List<CompletableFuture<ShopClient.Reply>> sent = new ArrayList<>();
  private final Semaphore placed = new Semaphore(0);
  private int awaited;

  Buyers(int atOnce) {
    threads = Executors.newFixedThreadPool(atOnce);
  }

  /** Sends the request of one more buyer. */
  void send(Supplier<ShopClient.Reply> request) {
    sent.add(CompletableFuture.supplyAsync(request, threads).whenComplete(this::count));
  }

  /**
   * Repeats a request until its outcome is known: after 503 or no response, it is not. A 503 asks
   * the client to retry after a second.
   */
  static ShopClient.Reply insist(Supplier<ShopClient.Reply> request) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
        .until(request::get, reply -> reply.status() != 503);
  }

  private void count(ShopClient.Reply reply, Throwable failure) {
    if (reply != null && reply.status() == 201) {
      placed.release();
    }
  }

  /** Waits until {@code count} orders in total have been acknowledged. */
  void awaitPlaced(int count) {
    try {
      assertThat(placed.tryAcquire(count - awaited, 60, TimeUnit.SECONDS)).isTrue();
      awaited = count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The responses to all requests, in the order of the requests. */
  List<ShopClient.Reply> answers() {
    return sent.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
