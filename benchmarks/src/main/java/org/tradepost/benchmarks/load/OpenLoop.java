package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.measure.LoadResult;

/**
 * Asks by a schedule, however long the answers take: finds out how long one waits. A latency counts
 * from the scheduled moment; a question for which no client is free waits, and its wait counts.
 * Otherwise a system that stands still would be asked less, and look better (coordinated omission).
 */
public final class OpenLoop {
  /** What is due meanwhile is asked at once: to wake for each takes what it asks for. */
  private static final long SHORTEST_REST_NANOS = 200_000;

  private final Deque<Client> free = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final LatencyRecorder tally;
  private final CountDownLatch open;

  private OpenLoop(List<? extends Client> clients, int questions, long end) {
    this.free.addAll(clients);
    this.tally = new LatencyRecorder(end);
    this.open = new CountDownLatch(questions);
  }

  /**
   * Asks all questions, and waits for the last answers.
   *
   * @param clients as many as may be asking at once
   */
  public static LoadResult run(
      List<? extends Client> clients, ArrivalSchedule schedule, Duration time) {
    long begin = System.nanoTime();
    OpenLoop loop = new OpenLoop(clients, schedule.size(), begin + time.toNanos());
    for (int question = 0; question < schedule.size(); question++) {
      long due = begin + schedule.moment(question);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(Math.max(wait, SHORTEST_REST_NANOS));
      }
      loop.due(due);
    }
    Await.on(loop.open, Duration.ZERO, "the last answers of " + schedule.size() + " questions");
    return loop.tally.load(time.toNanos() / 1e9);
  }

  private void due(long moment) {
    Client client;
    synchronized (this) {
      client = free.poll();
      if (client == null) {
        waiting.add(moment);
        return;
      }
    }
    ask(client, moment);
  }

  private void ask(Client client, long moment) {
    client.ask(
        fault -> {
          tally.add(moment, fault);
          open.countDown();
          askNext(client);
        });
  }

  private void askNext(Client client) {
    Long moment;
    synchronized (this) {
      moment = waiting.poll();
      if (moment == null) {
        free.push(client);
        return;
      }
    }
    ask(client, moment);
  }
}
