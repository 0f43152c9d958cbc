package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports on which nobody listens now. */
final class FreePorts {

  private FreePorts() {}

  /** So many different ones. */
  static List<Integer> find(int count) {
    if (count == 0) {
      return new ArrayList<>();
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ports = find(count - 1);
      ports.add(socket.getLocalPort());
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
