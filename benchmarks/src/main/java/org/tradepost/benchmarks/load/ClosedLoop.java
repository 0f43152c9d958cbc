package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.measure.LoadResult;

/** Each client asks again as soon as it has an answer: finds out how much can be done. */
public final class ClosedLoop {
  private final long end;
  private final LatencyRecorder tally;
  private final CountDownLatch running;

  private ClosedLoop(int clients, Duration time) {
    this.end = System.nanoTime() + time.toNanos();
    this.tally = new LatencyRecorder(end);
    this.running = new CountDownLatch(clients);
  }

  /** Lets all clients ask for that time, and waits for the last answers. */
  public static LoadResult run(List<? extends Client> clients, Duration time) {
    ClosedLoop loop = new ClosedLoop(clients.size(), time);
    clients.forEach(loop::ask);
    Await.on(loop.running, time, "the last answers of " + clients.size() + " clients");
    return loop.tally.load(time.toNanos() / 1e9);
  }

  private void ask(Client client) {
    long asked = System.nanoTime();
    if (asked - end >= 0) {
      running.countDown();
      return;
    }
    client.ask(
        fault -> {
          tally.add(asked, fault);
          ask(client);
        });
  }
}
