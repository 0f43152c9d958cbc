package org.tradepost.launcher.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The steps that stop everything, each once, the last added first. */
public final class Shutdown {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  /** Stops everything when the JVM ends, by Ctrl-C, by SIGTERM or by itself. */
  public static Shutdown atExit() {
    var shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    return shutdown;
  }

  /**
   * Adds a step, to be taken before those that were added earlier.
   *
   * @throws StartFailure when the shutdown has begun, and the step was taken at once
   */
  public void add(Runnable step) {
    synchronized (this) {
      if (!running) {
        steps.push(step);
        return;
      }
    }
    step.run();
    throw new StartFailure("Stopped during the start.");
  }

  /**
   * Starts something that takes long, on a thread of its own, and adds the step that stops it. That
   * step waits for a start under way: nothing may be left running behind it.
   *
   * @param thread the name of that thread
   * @return what was started, or the failure of its start
   * @throws StartFailure when the shutdown has begun, and what was started has been stopped
   */
  public <T> CompletableFuture<T> addStarting(String thread, Supplier<T> start, Consumer<T> stop) {
    var started = CompletableFuture.supplyAsync(start, task -> new Thread(task, thread).start());
    add(() -> outcome(started).ifPresent(stop));
    return started;
  }

  private static <T> Optional<T> outcome(CompletableFuture<T> started) {
    return started.thenApply(Optional::of).exceptionally(failure -> Optional.empty()).join();
  }

  /** Takes all steps that were not taken yet; a step that fails does not prevent the others. */
  public void run() {
    for (var step = next(); step != null; step = next()) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LoggerFactory.getLogger(Shutdown.class).error("a step of the shutdown failed", e);
      }
    }
  }

  /** Whether the shutdown has begun: because the JVM ends, or because a start failed. */
  public synchronized boolean isRunning() {
    return running;
  }

  private synchronized Runnable next() {
    running = true;
    return steps.poll();
  }
}
