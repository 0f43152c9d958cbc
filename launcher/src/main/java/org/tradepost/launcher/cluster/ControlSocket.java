package org.tradepost.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;

/**
 * Accepts commands for a running cluster on a Unix socket in its data directory, which only the
 * owner can enter. A command is one line. The reply is the text to print, then a line with the exit
 * status. Each command has its own thread.
 */
final class ControlSocket {
  private static final String FILE = "control";
  private static final String STATUS = "exit status ";
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  /** Executes commands and prints their progress. */
  @FunctionalInterface
  interface Commands {
    /**
     * Executes one command; several threads may do so at once.
     *
     * @param words the command and its arguments
     * @throws CommandFailure with a message for the user, if it cannot be done
     */
    void execute(List<String> words, Terminal terminal);
  }

  private final ServerSocketChannel socket;
  private final Path file;
  private final Commands commands;
  private final Thread thread;
  private final ExecutorService executions = Executors.newCachedThreadPool(ControlSocket::thread);

  private ControlSocket(ServerSocketChannel socket, Path file, Commands commands) {
    this.socket = socket;
    this.file = file;
    this.commands = commands;
    this.thread = thread(this::accept);
  }

  /**
   * Starts accepting commands.
   *
   * @throws CommandFailure if the socket cannot be created in the directory
   */
  static ControlSocket start(Path data, Commands commands) {
    var file = file(data);
    try {
      // The data directory is locked, so an existing socket was left behind by a killed JVM.
      Files.deleteIfExists(file);
      var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(file));
      var control = new ControlSocket(socket, file, commands);
      control.thread.start();
      return control;
    } catch (IOException e) {
      throw new CommandFailure(
          "The socket %s cannot be created: %s; name another data directory with --data."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  static Path file(Path data) {
    return data.toAbsolutePath().normalize().resolve(FILE);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "control");
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        var client = socket.accept();
        executions.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException e) {
        LoggerFactory.getLogger(ControlSocket.class).debug("no command is accepted", e);
        // What prevents it, such as too many open files, lasts; a closed socket ends the loop.
        Waiting.until(() -> !socket.isOpen(), RETRY_INTERVAL);
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      var line = reader(client).readLine();
      if (line != null) {
        var terminal = Terminal.to(Channels.newOutputStream(client));
        terminal.print(STATUS + status(List.of(line.split(" ")), terminal));
      }
    } catch (IOException | UncheckedIOException e) {
      LoggerFactory.getLogger(ControlSocket.class).debug("a command was lost", e);
    }
  }

  private int status(List<String> words, Terminal terminal) {
    try {
      commands.execute(words, terminal);
      return 0;
    } catch (CommandFailure e) {
      terminal.print(e.getMessage());
      return 1;
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(ControlSocket.class).error("a command failed", e);
      terminal.print("The command failed: " + e);
      return 1;
    }
  }

  /**
   * Sends a command to the cluster of a data directory and prints its reply.
   *
   * @return the exit status
   * @throws CommandFailure if no cluster runs there, or if it exits before the reply is complete
   */
  static int send(Path data, String command, Terminal terminal) {
    var file = file(data);
    try (var server = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      new PrintStream(Channels.newOutputStream(server), true, UTF_8).println(command);
      var reply = reader(server);
      for (var line = reply.readLine(); line != null; line = reply.readLine()) {
        if (line.startsWith(STATUS)) {
          return Integer.parseInt(line.substring(STATUS.length()));
        }
        terminal.print(line);
      }
      throw new CommandFailure("The cluster ended before the command was done.");
    } catch (IOException e) {
      throw new CommandFailure(
          "No ./tradepost cluster runs on the data directory %s (%s)."
              .formatted(file.getParent(), e.getMessage()),
          e);
    }
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, UTF_8));
  }

  /** Stops accepting commands, and interrupts those that are running. */
  void stop() {
    try {
      socket.close();
      Files.deleteIfExists(file);
      thread.join(STOP_TIMEOUT.toMillis());
      executions.shutdownNow();
      executions.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
