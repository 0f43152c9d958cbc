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
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.platform.config.Loopback;

/** Finds free ports of this machine; another program may still take one a moment later. */
public final class Ports {
  private static final int HIGHEST = 65_535;

  /** Lower ports are reserved for root. */
  private static final int OPEN_TO_ALL = 1_024;

  /** Linux gives clients ports from 32768 on, other systems from 49152 on (RFC 6335). */
  private static final int BELOW_CLIENTS = 32_768;

  private static final int LOWEST = 20_000;
  private static final int ATTEMPTS = 100;
  private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt());

  private Ports() {}

  /**
   * Checks, before anything is started, that a port is available.
   *
   * @param option the option that sets the port, for the message
   */
  public static void requireFree(String host, int port, String option) {
    if (port < 1 || port > HIGHEST) {
      throw new StartFailure(option + " must be between 1 and " + HIGHEST + ", not " + port + ".");
    }
    try {
      bind(host, port).close();
    } catch (UnknownHostException e) {
      throw new StartFailure("The host " + host + " is unknown; choose another with --host.", e);
    } catch (BindException e) {
      throw new StartFailure(taken(host, port, option, e), e);
    } catch (IOException e) {
      throw new StartFailure("Port " + port + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static String taken(String host, int port, String option, BindException failure) {
    // Binding also fails for an address of another machine and for a port that only root may use.
    // The failure's message cannot tell which, because it is in the language of the machine.
    return port >= OPEN_TO_ALL && canBind(host, 0)
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
            port < OPEN_TO_ALL ? option : "--host");
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
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var first = LOWEST + Math.floorMod(NEXT.getAndAdd(count), BELOW_CLIENTS - LOWEST - count);
      var ports = IntStream.range(first, first + count).boxed().toList();
      if (ports.stream().allMatch(Ports::isFree)) {
        return ports;
      }
    }
    throw new StartFailure("This machine does not have " + count + " consecutive free ports.");
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
