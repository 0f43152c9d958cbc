package org.tradepost.system;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestNode;

/** A proxy between some instances and the database server, which can refuse or stop responding. */
final class DatabaseProxy {

  private final Vertx vertx;
  private final NetClient client;
  private final String address;
  private final int databasePort;
  private final Set<NetSocket> joined = ConcurrentHashMap.newKeySet();
  private final int port;
  private NetServer server;

  /**
   * @param address where it listens
   * @param databasePort where the database server listens on the loopback of this machine
   */
  DatabaseProxy(Vertx vertx, String address, int databasePort) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
    this.address = address;
    this.databasePort = databasePort;
    this.port = FreePorts.one();
    this.server = listen();
  }

  int port() {
    return port;
  }

  /** Refuses connections from now on, and closes the existing ones. */
  void refuse() {
    TestNode.await(server.close());
  }

  /** Accepts connections again. */
  void accept() {
    server = listen();
  }

  /** Drops everything that is sent on the existing connections; later connections work. */
  void stopResponding() {
    joined.forEach(socket -> socket.handler(DatabaseProxy::drop).resume());
  }

  /** Closes the existing connections, so that their users notice. */
  void breakConnections() {
    refuse();
    accept();
  }

  private static void drop(Buffer bytes) {
    // Neither end is notified.
  }

  private NetServer listen() {
    return TestNode.await(
        vertx.createNetServer().connectHandler(this::accept).listen(port, address));
  }

  private void accept(NetSocket socket) {
    socket.pause();
    client
        .connect(databasePort, Loopback.ADDRESS)
        .onSuccess(database -> join(socket, database))
        .onFailure(refused -> socket.close());
  }

  private void join(NetSocket socket, NetSocket database) {
    for (var end : List.of(socket, database)) {
      joined.add(end);
      end.closeHandler(closed -> joined.remove(end));
    }
    database.pipeTo(socket);
    socket.pipeTo(database);
    socket.resume();
  }
}
