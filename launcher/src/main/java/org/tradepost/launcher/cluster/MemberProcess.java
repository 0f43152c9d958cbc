package org.tradepost.launcher.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.logs.LogLines;
import org.tradepost.launcher.os.Signals;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.service.ChildProcess;
import org.tradepost.proof.rest.RestClient;

/** The process of one member of the local cluster. */
public final class MemberProcess {
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

  private final MemberPlan plan;
  private final Process process;
  private final Terminal terminal;
  private final Thread output;
  private volatile boolean stopping;
  private volatile boolean frozen;

  private MemberProcess(MemberPlan plan, Process process, Terminal terminal) {
    this.plan = plan;
    this.process = process;
    this.terminal = terminal;
    this.output = new Thread(this::forwardOutput, plan.name() + "-output");
  }

  /** Starts a member. Its output and its exit are printed, with its name before each line. */
  public static MemberProcess start(MemberPlan plan, Terminal terminal) {
    var builder = new ProcessBuilder(command(plan.service())).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TRADEPOST_"));
    environment.putAll(plan.settings());
    try {
      var member = new MemberProcess(plan, builder.start(), terminal);
      member.output.setDaemon(true);
      member.output.start();
      return member;
    } catch (IOException e) {
      throw new CommandFailure(plan.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static List<String> command(ServiceDescriptor service) {
    var command = new ArrayList<String>();
    // Ctrl-C reaches every process of the terminal, but only the launcher acts on it: it stops the
    // members in order.
    command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    if (!service.gateway()) {
      // Even if services use all the processor time, a gateway can reject requests at once.
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.ofMember());
    command.addAll(List.of("-cp", service.classPath(), ChildProcess.class.getName()));
    command.add(service.main());
    return command;
  }

  private void forwardOutput() {
    try (var reader = process.inputReader(StandardCharsets.UTF_8);
        var log = new MemberLog(plan.log(), fault -> terminal.print(plan.label() + fault))) {
      reader.lines().forEach(line -> forward(line, log));
    } catch (IOException | UncheckedIOException e) {
      terminal.print(plan.label() + "(its output can no longer be read: " + e.getMessage() + ")");
    }
    var status = process.onExit().join().exitValue();
    if (!stopping) {
      terminal.print(
          plan.label()
              + String.format(
                  Locale.ROOT,
                  "process %d exited with status %d and is not restarted.",
                  process.pid(),
                  status));
    }
  }

  /** Does not print lines about single requests, which would hide all others on a terminal. */
  private void forward(String line, MemberLog log) {
    log.write(line);
    if (!LogLines.isAboutRequest(line)) {
      terminal.print(plan.label() + line);
    }
  }

  /** Its process id and its URLs. */
  public String summary() {
    var http = plan.settings().getOrDefault("TRADEPOST_HTTP_PORT", "");
    return String.format(
        Locale.ROOT,
        "process %d, health %s/health/ready%s",
        pid(),
        plan.management(),
        http.isEmpty() ? "" : ", REST API " + Loopback.url(Integer.parseInt(http)) + "/v1");
  }

  /**
   * Waits until the member is ready.
   *
   * @throws CommandFailure if it exits or takes too long
   */
  public void awaitReady() {
    awaitOk("/health/ready");
  }

  void awaitOk(String path) {
    var client = new RestClient(URI.create(plan.management()));
    await(
        () -> client.answers(path),
        String.format(
            Locale.ROOT,
            "%s did not become ready within %d s.",
            plan.name(),
            Waiting.START_TIMEOUT.toSeconds()));
  }

  /**
   * Waits until a gateway counts the member.
   *
   * @param isDiscovered whether the gateway counts it, or need not; called repeatedly
   * @throws CommandFailure if this member exits, or the gateway takes too long
   */
  public void awaitDiscovery(String gateway, BooleanSupplier isDiscovered) {
    await(isDiscovered, gateway + " has not discovered " + plan.name() + ".");
  }

  private void await(BooleanSupplier condition, String timeoutMessage) {
    var settled =
        Waiting.until(() -> !isAlive() || condition.getAsBoolean(), Waiting.START_TIMEOUT);
    if (!isAlive()) {
      throw new CommandFailure(plan.name() + " exited during the start; see its output above.");
    }
    if (!settled) {
      throw new CommandFailure(timeoutMessage);
    }
  }

  public MemberPlan plan() {
    return plan;
  }

  long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the process is alive and not frozen. */
  boolean isRunning() {
    return isAlive() && !frozen;
  }

  /** The state of the process, in one word. */
  String state() {
    return !isAlive() ? "ended" : frozen ? "frozen" : "running";
  }

  /** Asks the member to stop gracefully, even if it is frozen; see {@link #awaitEnd}. */
  public void requestStop() {
    stopping = true;
    resume();
    // Through its handle: Process.destroy would also close the pipes, and lose the last output.
    process.toHandle().destroy();
  }

  /** Kills the process, and waits until it has exited. */
  public void kill() {
    stopping = true;
    process.toHandle().destroyForcibly();
    awaitEnd(KILL_TIMEOUT);
  }

  /** Freezes the process until {@link #resume}. */
  public void freeze() {
    frozen = true;
    signal("STOP");
  }

  /** Resumes the process, even if something else froze it. */
  public void resume() {
    frozen = false;
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Signals.send(name, pid());
    } catch (IOException e) {
      throw new CommandFailure(
          plan.name() + " cannot be sent SIG" + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the process has exited, and kills it after {@code timeout}.
   *
   * @throws CommandFailure if this thread is interrupted; the shutdown then stops the member
   */
  public void awaitEnd(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        terminal.print(
            plan.label() + "did not stop within " + timeout.toSeconds() + " s and is killed.");
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      output.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("The cluster is stopping.", e);
    }
  }
}
