package org.tradepost.proof.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tradepost.proof.torture.load.TortureFailure;

/** Inflicts the faults of the schedule on the cluster, and undoes them. */
final class FaultInjector {
  /** One for each fault that can be active at once, and one for the restarts. */
  private static final int THREADS = 6;

  private static final long REVIVAL_INTERVAL_SECONDS = 1;

  /** A stop may take 30 s, and the steps that wait for it come after that. */
  private static final long TIMEOUT_SECONDS = 120;

  private final FaultableCluster cluster;
  private final Consumer<String> say;
  private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS);
  private final Queue<String> revived = new ConcurrentLinkedQueue<>();
  private final List<Future<?>> inflictions = new ArrayList<>();
  private Future<?> reviving = CompletableFuture.completedFuture(null);

  /**
   * @param say gets each fault as it happens
   */
  FaultInjector(FaultableCluster cluster, Consumer<String> say) {
    this.cluster = cluster;
    this.say = say;
  }

  /** Starts the schedule and returns at once. */
  void start(List<PlannedFault> schedule) {
    for (var fault : schedule) {
      inflictions.add(
          executor.schedule(() -> carryOut(fault), fault.at().toMillis(), TimeUnit.MILLISECONDS));
    }
    reviving =
        executor.scheduleWithFixedDelay(
            () -> revived.addAll(cluster.revive()),
            REVIVAL_INTERVAL_SECONDS,
            REVIVAL_INTERVAL_SECONDS,
            TimeUnit.SECONDS);
  }

  private Void carryOut(PlannedFault fault) throws InterruptedException {
    say.accept("%8s  %s".formatted(PlannedFault.clock(fault.at()), fault.description()));
    inflict(fault);
    TimeUnit.MILLISECONDS.sleep(fault.duration().toMillis());
    undo(fault);
    return null;
  }

  private void inflict(PlannedFault fault) {
    switch (fault.kind()) {
      case KILL -> cluster.kill(fault.victim());
      case FREEZE -> cluster.freeze(fault.victim());
      case STOP -> cluster.stop(fault.victim());
      case CRASH -> cluster.crashPostgres();
    }
  }

  private void undo(PlannedFault fault) {
    switch (fault.kind()) {
      case KILL, STOP -> cluster.start(fault.victim());
      case FREEZE -> cluster.resume(fault.victim());
      case CRASH -> cluster.startPostgres();
    }
  }

  /**
   * Waits until every fault is undone.
   *
   * @return the members that had exited unexpectedly and were restarted
   * @throws TortureFailure if a fault could not be inflicted or undone
   */
  List<String> stop() throws InterruptedException {
    reviving.cancel(false);
    executor.shutdown();
    try {
      for (var infliction : inflictions) {
        infliction.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      throw new TortureFailure("A fault was not undone within " + TIMEOUT_SECONDS + " s.", e);
    } catch (ExecutionException e) {
      throw new TortureFailure(
          "A fault could not be inflicted or undone: " + e.getCause().getMessage(), e.getCause());
    }
    return List.copyOf(revived);
  }

  /** Inflicts no further faults and undoes none. */
  void abandon() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        say.accept("A fault is still being inflicted or undone.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
