package org.tradepost.platform.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tradepost.platform.config.Loopback;

/** A proxy that can drop what is sent either way without telling either end. */
public final class TcpProxy {

  /** What happens to a new connection. */
  public enum Mode {
    FORWARDED,
    DROPPED,
    REFUSED
  }

  private final NetClient client;
  private final NetServer listener;
  private final int server;
  private final List<Line> lines = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Mode mode = Mode.FORWARDED;

  private TcpProxy(Vertx vertx, int server) {
    this.client = vertx.createNetClient();
    this.listener = vertx.createNetServer().connectHandler(this::connected);
    this.server = server;
  }

  /** A proxy from a free port to the given one, both on this machine. */
  public static TcpProxy to(Vertx vertx, int server) {
    var proxy = new TcpProxy(vertx, server);
    TestNode.await(proxy.listener.listen(0, Loopback.ADDRESS));
    return proxy;
  }

  public int port() {
    return listener.actualPort();
  }

  /** How many connections were made or attempted through it. */
  public int connections() {
    return connections.get();
  }

  /** Sets what happens to new connections. */
  public void setMode(Mode next) {
    mode = next;
  }

  /** Drops from now on what is sent over the existing connections. */
  public synchronized void dropTraffic() {
    lines.forEach(line -> line.dropped = true);
  }

  /** How many connections without traffic the client has not closed yet. */
  public synchronized long stuckConnections() {
    return lines.stream().filter(line -> line.dropped && !line.closed).count();
  }

  public Future<Void> close() {
    return Future.join(listener.close(), client.close()).mapEmpty();
  }

  private void connected(NetSocket socket) {
    connections.incrementAndGet();
    if (mode == Mode.REFUSED) {
      socket.close();
      return;
    }
    var line = new Line();
    line.dropped = mode == Mode.DROPPED;
    synchronized (this) {
      lines.add(line);
    }
    socket.pause();
    client
        .connect(server, Loopback.ADDRESS)
        .onSuccess(
            other -> {
              line.join(socket, other);
              socket.resume();
            })
        .onFailure(failure -> socket.close());
  }

  private static final class Line {

    private volatile boolean dropped;
    private volatile boolean closed;

    void join(NetSocket near, NetSocket far) {
      near.handler(bytes -> pass(bytes, far));
      far.handler(bytes -> pass(bytes, near));
      near.closeHandler(
          end -> {
            closed = true;
            close(far);
          });
      far.closeHandler(end -> close(near));
    }

    private void close(NetSocket other) {
      if (!dropped) {
        other.close();
      }
    }

    private void pass(Buffer bytes, NetSocket to) {
      if (!dropped) {
        to.write(bytes);
      }
    }
  }
}
