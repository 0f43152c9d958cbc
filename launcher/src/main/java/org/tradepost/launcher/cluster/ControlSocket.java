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
import org.slf4j.LoggerFactory;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.StartFailure;

/**
 * Takes orders for a running cluster, one after another: a socket in its data directory, which
 * nobody but the owner may enter. An order is a line; the answer is what is to be shown, then a
 * line with the exit status.
 */
final class ControlSocket implements AutoCloseable {
  private static final String FILE = "control";
  private static final String STATUS = "exit status ";
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(60);

  /** Does as it is told, and tells of it. */
  @FunctionalInterface
  interface Orders {
    /**
     * Carries out one order.
     *
     * @param words the order and what belongs to it
     * @throws StartFailure if it cannot be done, in words for the person who gave the order
     */
    void carryOut(List<String> words, Console console);
  }

  private final ServerSocketChannel socket;
  private final Path file;
  private final Orders orders;
  private final Thread thread;

  private ControlSocket(ServerSocketChannel socket, Path file, Orders orders) {
    this.socket = socket;
    this.file = file;
    this.orders = orders;
    this.thread = new Thread(this::serve, "control");
  }

  /**
   * Begins to take orders.
   *
   * @throws StartFailure if there can be no socket in the directory
   */
  static ControlSocket open(Path data, Orders orders) {
    Path file = data.resolve(FILE);
    try {
      // The directory is ours alone, so it is one that a killed JVM left behind.
      Files.deleteIfExists(file);
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(file));
      ControlSocket control = new ControlSocket(socket, file, orders);
      control.thread.setDaemon(true);
      control.thread.start();
      return control;
    } catch (IOException e) {
      throw new StartFailure(
          "There can be no socket %s: %s; name another data directory with --data."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void serve() {
    while (socket.isOpen()) {
      try (SocketChannel client = socket.accept()) {
        serve(client);
      } catch (IOException | UncheckedIOException e) {
        LoggerFactory.getLogger(ControlSocket.class).debug("an order was lost", e);
      }
    }
  }

  private void serve(SocketChannel client) throws IOException {
    String line = reader(client).readLine();
    if (line != null) {
      Console console = Console.to(Channels.newOutputStream(client));
      console.say(STATUS + status(List.of(line.split(" ")), console));
    }
  }

  private int status(List<String> words, Console console) {
    try {
      orders.carryOut(words, console);
      return 0;
    } catch (StartFailure e) {
      console.say(e.getMessage());
      return 1;
    }
  }

  /**
   * Gives an order to the cluster of a data directory and shows what it tells.
   *
   * @return the exit status
   * @throws StartFailure if no cluster runs there, or it ended meanwhile
   */
  static int order(Path data, String order, Console console) {
    Path file = data.toAbsolutePath().normalize().resolve(FILE);
    try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      new PrintStream(Channels.newOutputStream(server), true, UTF_8).println(order);
      BufferedReader answer = reader(server);
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        if (line.startsWith(STATUS)) {
          return Integer.parseInt(line.substring(STATUS.length()));
        }
        console.say(line);
      }
      throw new StartFailure("The cluster ended before it was done.");
    } catch (IOException e) {
      throw new StartFailure(
          "No ./tradepost cluster runs on the data directory %s (%s)."
              .formatted(file.getParent(), e.getMessage()),
          e);
    }
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, UTF_8));
  }

  /** Takes no further order, and gives up the one that is being carried out. */
  @Override
  public void close() {
    try {
      socket.close();
      Files.deleteIfExists(file);
      thread.interrupt();
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
