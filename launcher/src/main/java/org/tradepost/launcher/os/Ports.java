package org.tradepost.launcher.os;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.platform.config.Loopback;

/** Finds free ports of this machine; another program may still take one a moment later. */
public final class Ports {
  public static final int MAX_PORT = 65_535;

  /** Lower ports are reserved for root. */
  private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

  /** Linux gives clients ports from 32768 on, other systems from 49152 on (RFC 6335). */
  private static final int FIRST_CLIENT_PORT = 32_768;

  private static final int FIRST_CANDIDATE_PORT = 20_000;
  private static final int MAX_ATTEMPTS = 100;
  private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt());

  private Ports() {}

  /**
   * Checks, before anything is started, that a port is available.
   *
   * @param option the option that sets the port, for the message
   */
  public static void requireFree(String host, int port, String option) {
    if (port < 1 || port > MAX_PORT) {
      throw new CommandFailure(
          option + " must be between 1 and " + MAX_PORT + ", not " + port + ".");
    }
    try {
      bind(host, port).close();
    } catch (UnknownHostException e) {
      throw new CommandFailure("The host " + host + " is unknown; choose another with --host.", e);
    } catch (BindException e) {
      throw new CommandFailure(taken(host, port, option, e), e);
    } catch (IOException e) {
      throw new CommandFailure("Port " + port + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static String taken(String host, int port, String option, BindException failure) {
    // Binding also fails for an address of another machine and for a port that only root may use.
    // The failure's message cannot tell which, because it is in the language of the machine.
    return port >= FIRST_UNPRIVILEGED_PORT && canBind(host, 0)
        ? String.format(
            Locale.ROOT,
            "Port %d of %s is taken by another program; choose another with %s.",
            port,
            host,
            option)
        : String.format(
            Locale.ROOT,
            "Port %d of %s cannot be used: %s; choose another with %s.",
            port,
            host,
            failure.getMessage(),
            port < FIRST_UNPRIVILEGED_PORT ? option : "--host");
  }

  private static boolean canBind(String host, int port) {
    try {
      bind(host, port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code preferred}, or 0 for any other port if it is taken. */
  public static int orAny(String host, int preferred) {
    return canBind(host, preferred) ? preferred : 0;
  }

  /**
   * Consecutive free ports of loopback, none of which this JVM was given before. No system uses
   * them for outgoing connections, so they are still free when a server that listened there
   * restarts.
   */
  public static List<Integer> free(int count) {
    for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      var first =
          FIRST_CANDIDATE_PORT
              + Math.floorMod(
                  NEXT.getAndAdd(count), FIRST_CLIENT_PORT - FIRST_CANDIDATE_PORT - count);
      var ports = IntStream.range(first, first + count).boxed().toList();
      if (ports.stream().allMatch(Ports::isFree)) {
        return ports;
      }
    }
    throw new CommandFailure("This machine does not have " + count + " consecutive free ports.");
  }

  private static boolean isFree(int port) {
    return orAny(Loopback.ADDRESS, port) == port;
  }

  private static ServerSocket bind(String host, int port) throws IOException {
    var socket = new ServerSocket();
    try {
      // A port that an earlier run left in TIME_WAIT does not count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
