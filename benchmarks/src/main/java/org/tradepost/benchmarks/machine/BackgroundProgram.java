package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs until it is stopped. Its output goes to a file. */
public final class BackgroundProgram implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;
  private final Thread atExit = new Thread(this::stop);

  private BackgroundProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a program, which ends with this JVM at the latest. */
  public static BackgroundProgram start(
      List<String> command, Map<String, String> environment, Path output) {
    try {
      Files.createDirectories(output.getParent());
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new BackgroundProgram(builder.start(), output);
    } catch (IOException e) {
      throw new MeasurementFailure(command.get(0) + " cannot be started: " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** What it has printed so far. */
  public String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new MeasurementFailure(output + " cannot be read.", e);
    }
  }

  /** Waits until it is ready; stops it if it exits or takes too long. */
  public void await(BooleanSupplier ready) {
    try {
      Await.until(
          () -> isAlive() && ready.getAsBoolean(),
          START_TIMEOUT,
          "the program that prints into " + output);
    } catch (MeasurementFailure e) {
      close();
      throw e;
    }
  }

  private boolean isAlive() {
    if (!process.isAlive()) {
      throw new MeasurementFailure("It exited during the start; see " + output);
    }
    return true;
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The JVM is exiting; its hook stops the program again, which does nothing.
    }
  }
}
