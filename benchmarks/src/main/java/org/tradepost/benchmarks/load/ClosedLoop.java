package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.measure.LoadResult;

/** Each client sends its next request as soon as it has a response: measures the highest rate. */
public final class ClosedLoop {
  private final long end;
  private final LatencyRecorder recorder;
  private final CountDownLatch running;

  private ClosedLoop(int clients, Duration time) {
    this.end = System.nanoTime() + time.toNanos();
    this.recorder = new LatencyRecorder(end);
    this.running = new CountDownLatch(clients);
  }

  /** Lets all clients send requests for that time, and waits for the last responses. */
  public static LoadResult run(List<? extends Client> clients, Duration time) {
    var loop = new ClosedLoop(clients.size(), time);
    clients.forEach(loop::send);
    Await.on(loop.running, time, "the last answers of " + clients.size() + " clients");
    return loop.recorder.load(time.toNanos() / 1e9);
  }

  private void send(Client client) {
    var sent = System.nanoTime();
    if (sent - end >= 0) {
      running.countDown();
      return;
    }
    client.send(
        fault -> {
          recorder.add(sent, fault);
          send(client);
        });
  }
}
