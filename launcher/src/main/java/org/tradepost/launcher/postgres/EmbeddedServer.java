package org.tradepost.launcher.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.os.Directories;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Loopback;

/** An embedded PostgreSQL with durable settings, which serves one data directory on loopback. */
public final class EmbeddedServer implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final DataDirectory data;
  private final Secrets secrets;
  private final Services services;
  private final ServerProgram program;
  private final Terminal terminal;
  private EmbeddedPostgres server;
  private volatile boolean stopping;

  private EmbeddedServer(
      DataDirectory data,
      Secrets secrets,
      Services services,
      ServerProgram program,
      Terminal terminal) {
    this.data = data;
    this.secrets = secrets;
    this.services = services;
    this.program = program;
    this.terminal = terminal;
  }

  /**
   * Starts the server of {@code data} and creates the databases that are missing. Returns when it
   * accepts connections.
   *
   * @param services the services whose databases are needed
   * @param binaries the directory for the server's programs; data directories may share it
   * @throws CommandFailure with a message for the user, if it cannot be started
   */
  public static EmbeddedServer start(
      DataDirectory data, Secrets secrets, Services services, Path binaries, Terminal terminal) {
    try {
      stopOrphan(data, terminal);
      discardIncomplete(data, terminal);
      var first = !Files.exists(data.postgres().resolve("PG_VERSION"));
      if (first) {
        Files.createFile(data.initialising());
      }
      var program =
          new ServerProgram(
              data, secrets, ServerDirectory.of(binaries, data), Ports.free(1).get(0));
      var started = new EmbeddedServer(data, secrets, services, program, terminal);
      started.run(first);
      started.makeDatabases();
      return started;
    } catch (IOException e) {
      throw new CommandFailure("The embedded PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  /** Stops a server that still serves the directory after its JVM was killed. */
  private static void stopOrphan(DataDirectory data, Terminal terminal) throws IOException {
    var orphan = Postmaster.serving(data.postgres());
    if (orphan.isPresent()) {
      terminal.print(
          "Stopping PostgreSQL (process "
              + orphan.get().pid()
              + "), which was left running when Tradepost was killed ...");
      orphan.get().stop(STOP_TIMEOUT);
    }
    // If the server was killed too, its file is still there. The server would seem alive once
    // another program got its process id.
    Files.deleteIfExists(data.postgres().resolve("postmaster.pid"));
  }

  private static void discardIncomplete(DataDirectory data, Terminal terminal) throws IOException {
    if (Files.exists(data.initialising())) {
      terminal.print("The first start was interrupted; creating the databases again ...");
      Directories.delete(data.postgres());
      Files.delete(data.initialising());
    }
  }

  /** Starts the server, and tells the user if it exits unexpectedly. */
  private void run(boolean first) throws IOException {
    server = program.start(first);
    stopping = false;
    Postmaster.serving(data.postgres()).ifPresent(this::watch);
  }

  private void watch(Postmaster running) {
    var watch = new Thread(() -> report(running.process().onExit().join()), "postgres-end");
    watch.setDaemon(true);
    watch.start();
  }

  private void report(ProcessHandle ended) {
    if (!stopping) {
      terminal.print(
          "PostgreSQL (process "
              + ended.pid()
              + ") has ended; its log is "
              + data.serverLog()
              + ". Stop Tradepost and start it again.");
    }
  }

  private void makeDatabases() throws IOException {
    try {
      ServiceDatabases.ensure(server.getPostgresDatabase(), secrets, services);
      Files.deleteIfExists(data.initialising());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The port that it listens on, which differs at each start of the command. */
  int port() {
    return program.port();
  }

  /** Crashes the server; {@link #restart} starts it again. */
  public synchronized void crash() {
    stopping = true;
    try {
      var running = Postmaster.serving(data.postgres());
      if (running.isPresent()) {
        running.get().crash(STOP_TIMEOUT);
      }
      server.close();
    } catch (IOException e) {
      throw new CommandFailure("The embedded PostgreSQL cannot be stopped: " + e.getMessage(), e);
    }
  }

  /** Starts the server on the same port after a crash, and returns when it accepts connections. */
  public synchronized void restart() {
    try {
      run(false);
    } catch (IOException e) {
      throw new CommandFailure("The embedded PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  /** The databases, each with the role that owns it. */
  public Databases databases() {
    return Databases.of(services, this::database);
  }

  private ServiceDatabase database(ServiceDescriptor service) {
    var name = service.databaseName();
    return new ServiceDatabase(
        "postgresql://" + Loopback.hostAndPort(port()) + "/" + name, name, secrets.password(name));
  }

  /** Stops the server and waits until it has exited; does nothing the second time. */
  @Override
  public synchronized void close() {
    stopping = true;
    try {
      var running = Postmaster.serving(data.postgres());
      if (running.isPresent()) {
        running.get().stop(STOP_TIMEOUT);
      }
      // This only releases the library's resources; it would wait for the server for 5 s only.
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot stop the embedded PostgreSQL", e);
    }
  }
}
