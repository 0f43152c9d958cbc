package org.tradepost.launcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Something that is started, announced, and then runs until the JVM is asked to stop. */
public final class Session {
  private final Console console;

  public Session(Console console) {
    this.console = console;
  }

  /**
   * Starts and announces, and does not return.
   *
   * @param start what to start; adds to the shutdown what is to be stopped, and gives what to do
   *     once it is up
   * @throws StartFailure if it cannot be started, after what was started has been stopped
   */
  public void run(Function<Shutdown, Runnable> start) throws InterruptedException {
    var shutdown = Shutdown.atExit();
    var failed = new AtomicBoolean();
    // Added first, so it is printed last.
    shutdown.add(() -> sayUnless(failed, "Stopped."));
    try {
      start.apply(shutdown).run();
      shutdown.add(() -> console.say("\nStopping ..."));
    } catch (RuntimeException e) {
      // A start that the user interrupts need not report how each part of it fails.
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
      console.say(text);
    }
  }
}
