package org.tradepost.platform.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ports that no process listens on now; none is given out twice.
 *
 * <p>They lie below those that systems give to outgoing connections, one of which could take such a
 * port before it is listened on. A node that looks for members could even be given the port of one
 * that comes later, meet itself there, and take that member for itself.
 */
public final class FreePorts {

  private static final int COUNT = 10_000;

  private static final int FIRST = 10_000;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  public static int one() {
    return find(1).get(0);
  }

  public static List<Integer> find(int count) {
    return IntStream.generate(() -> FIRST + NEXT.getAndIncrement() % COUNT)
        .filter(FreePorts::isFree)
        .limit(count)
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
