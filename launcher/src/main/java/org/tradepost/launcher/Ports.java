package org.tradepost.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Which ports of this machine are free; another program may still take one a moment later. */
final class Ports {
  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * Tells before anything is started that a port cannot be had.
   *
   * @param option what the person set it with
   */
  static void requireFree(String host, int port, String option) {
    if (port < 1 || port > HIGHEST) {
      throw new StartFailure(option + " must be between 1 and " + HIGHEST + ", not " + port + ".");
    }
    try {
      bind(host, port).close();
    } catch (UnknownHostException e) {
      throw new StartFailure("This machine knows no host " + host + ".", e);
    } catch (BindException e) {
      throw new StartFailure(taken(host, port, option, e), e);
    } catch (IOException e) {
      throw new StartFailure("Port " + port + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static String taken(String host, int port, String option, BindException failure) {
    // The other reasons are an address of another machine, and a port that only root may have.
    return String.valueOf(failure.getMessage()).contains("in use")
        ? "Port %d of %s is taken by another program; choose another with %s."
            .formatted(port, host, option)
        : "Port %d of %s cannot be used: %s.".formatted(port, host, failure.getMessage());
  }

  /** {@code preferred}, or 0 for any other if that one is taken. */
  static int orAny(String host, int preferred) {
    try {
      bind(host, preferred).close();
      return preferred;
    } catch (IOException e) {
      return 0;
    }
  }

  /** As many different free ports of loopback. */
  static List<Integer> free(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int index = 0; index < count; index++) {
        sockets.add(bind("127.0.0.1", 0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StartFailure("This machine has no free port: " + e.getMessage(), e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  private static ServerSocket bind(String host, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // What an earlier run left in TIME_WAIT does not count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
