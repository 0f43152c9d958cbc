package org.tradepost.launcher.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/** What is to be stopped at the end, last come first gone, each once. */
public final class Shutdown {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private boolean begun;

  /** Stops everything when the JVM ends, be it by Ctrl-C, by SIGTERM or by itself. */
  public static Shutdown atExit() {
    Shutdown shutdown = new Shutdown();
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
      if (!begun) {
        steps.push(step);
        return;
      }
    }
    step.run();
    throw new StartFailure("Stopped during the start.");
  }

  /**
   * Takes all steps that were not taken yet; one that fails does not keep the others from theirs.
   */
  public void run() {
    for (Runnable step = next(); step != null; step = next()) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LoggerFactory.getLogger(Shutdown.class).error("a step of the shutdown failed", e);
      }
    }
  }

  /** Whether somebody has told the JVM to end, or a failed start has. */
  public synchronized boolean isBegun() {
    return begun;
  }

  private synchronized Runnable next() {
    begun = true;
    return steps.poll();
  }
}
