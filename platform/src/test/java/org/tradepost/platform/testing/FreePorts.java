package org.tradepost.platform.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds ports that no process listens on now. No port is given out twice, even by two JVMs at once.
 *
 * <p>The ports are below those that systems give to outgoing connections, one of which could take a
 * port before it is listened on. A node that looks for members could even get the port of a later
 * member, connect to itself there, and take itself for that member.
 */
public final class FreePorts {

  private static final int FIRST = 10_000;
  private static final int BLOCKS = 100;
  private static final int BLOCK_SIZE = 100;

  /** This JVM listens on the first port of each block that it owns, until it ends. */
  private static final List<ServerSocket> BLOCK_OWNERSHIP = new ArrayList<>();

  private static int next;
  private static int left;

  private FreePorts() {}

  public static int one() {
    return find(1).get(0);
  }

  public static synchronized List<Integer> find(int count) {
    return Stream.generate(FreePorts::takeNext)
        .filter(FreePorts::isFree)
        .limit(count)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static int takeNext() {
    if (left == 0) {
      takeBlock();
    }
    left--;
    return next++;
  }

  private static void takeBlock() {
    var start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (var i = 0; i < BLOCKS; i++) {
      var first = FIRST + (start + i) % BLOCKS * BLOCK_SIZE;
      try {
        BLOCK_OWNERSHIP.add(new ServerSocket(first));
      } catch (IOException taken) {
        continue;
      }
      next = first + 1;
      left = BLOCK_SIZE - 1;
      return;
    }
    throw new IllegalStateException("No hundred ports are free from " + FIRST + " on.");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
