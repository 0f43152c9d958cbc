package org.tradepost.launcher.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The steps that stop everything; each runs once, the last added first. */
public final class Shutdown {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  /** A shutdown that runs when the JVM ends: on Ctrl-C, on SIGTERM or by itself. */
  public static Shutdown atExit() {
    var shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    return shutdown;
  }

  /**
   * Adds a step, which runs before those that were added earlier.
   *
   * @throws CommandFailure if the shutdown has begun; the step has run by then
   */
  public void add(Runnable step) {
    synchronized (this) {
      if (!running) {
        steps.push(step);
        return;
      }
    }
    step.run();
    throw new CommandFailure("Stopped during the start.");
  }

  /**
   * Starts something slow on its own thread, and adds the step that stops it. The step waits for a
   * start in progress, so that nothing is left running.
   *
   * @param thread the name of that thread
   * @return completes with what was started
   * @throws CommandFailure if the shutdown has begun; what was started has been stopped by then
   */
  public <T> CompletableFuture<T> addStarting(String thread, Supplier<T> start, Consumer<T> stop) {
    var started = CompletableFuture.supplyAsync(start, task -> new Thread(task, thread).start());
    add(() -> outcome(started).ifPresent(stop));
    return started;
  }

  private static <T> Optional<T> outcome(CompletableFuture<T> started) {
    return started.thenApply(Optional::of).exceptionally(failure -> Optional.empty()).join();
  }

  /** Runs all steps that have not run yet; a step that fails does not prevent the others. */
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
