package org.tradepost.launcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Starts and announces something, and lets it run until the JVM is asked to stop. */
public final class Session {
  private final Terminal terminal;

  public Session(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Starts and announces, and does not return.
   *
   * @param start adds the steps that stop it to the shutdown, and returns what to do once it is up
   * @throws CommandFailure if it cannot be started; what was started has been stopped by then
   */
  public void run(Function<Shutdown, Runnable> start) throws InterruptedException {
    var shutdown = Shutdown.atExit();
    var failed = new AtomicBoolean();
    // Added first, so it is printed last.
    shutdown.add(() -> sayUnless(failed, "Stopped."));
    try {
      start.apply(shutdown).run();
      shutdown.add(() -> terminal.print("\nStopping ..."));
    } catch (RuntimeException e) {
      // If the user interrupts the start, the failures of its parts are not reported.
      if (!shutdown.isRunning()) {
        failed.set(true);
        shutdown.run();
        throw e;
      }
    }
    new CountDownLatch(1).await();
  }

  private void sayUnless(AtomicBoolean condition, String text) {
    if (!condition.get()) {
      terminal.print(text);
    }
  }
}
