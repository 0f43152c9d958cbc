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
 * Measures latency: sends requests by a schedule, however long the responses take. Latency counts
 * from the scheduled time, so it includes the wait for a free client. Otherwise a stalled system
 * would get fewer requests and seem faster (coordinated omission).
 */
public final class OpenLoop {
  /**
   * The shortest sleep. Requests that become due meanwhile are sent together, because each wake-up
   * costs processor time.
   */
  private static final long MIN_SLEEP_NANOS = 200_000;

  private final Deque<Client> free = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final LatencyRecorder recorder;
  private final CountDownLatch open;

  private OpenLoop(List<? extends Client> clients, int requests, long end) {
    this.free.addAll(clients);
    this.recorder = new LatencyRecorder(end);
    this.open = new CountDownLatch(requests);
  }

  /**
   * Sends all requests, and waits for the last responses.
   *
   * @param clients one for each request that may be in flight
   */
  public static LoadResult run(
      List<? extends Client> clients, ArrivalSchedule schedule, Duration time) {
    var start = System.nanoTime();
    var loop = new OpenLoop(clients, schedule.size(), start + time.toNanos());
    for (var request = 0; request < schedule.size(); request++) {
      var due = start + schedule.moment(request);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(Math.max(wait, MIN_SLEEP_NANOS));
      }
      loop.due(due);
    }
    Await.on(loop.open, Duration.ZERO, "the last answers of " + schedule.size() + " requests");
    return loop.recorder.load(time.toNanos() / 1e9);
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
    send(client, moment);
  }

  private void send(Client client, long moment) {
    client.send(
        fault -> {
          recorder.add(moment, fault);
          open.countDown();
          sendNext(client);
        });
  }

  private void sendNext(Client client) {
    Long moment;
    synchronized (this) {
      moment = waiting.poll();
      if (moment == null) {
        free.push(client);
        return;
      }
    }
    send(client, moment);
  }
}
