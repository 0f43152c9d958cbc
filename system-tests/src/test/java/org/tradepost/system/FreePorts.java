package org.tradepost.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tradepost.platform.config.Loopback;

/**
 * Ports that no process listens on now; none is given out twice.
 *
 * <p>They lie below those that systems give to outgoing connections. A node that looks for members
 * on a port where no process listens yet could be given that very port, meet itself there, and take
 * the member that comes later for itself.
 */
final class FreePorts {

  private static final int COUNT = 10_000;

  private static final int FIRST = 10_000;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  static List<Integer> find(int count) {
    return IntStream.generate(() -> FIRST + NEXT.getAndIncrement() % COUNT)
        .filter(FreePorts::isFree)
        .limit(count)
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName(Loopback.ADDRESS))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
