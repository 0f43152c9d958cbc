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

/**
 * A proxy to a server that can fall silent: it then swallows what is sent either way, and tells
 * neither end.
 */
public final class TcpProxy {

  /** What happens to a new connection. */
  public enum Mode {
    PASSED_ON,
    SWALLOWED,
    REFUSED
  }

  private final NetClient client;
  private final NetServer listener;
  private final int server;
  private final List<Line> lines = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Mode mode = Mode.PASSED_ON;

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

  /** Swallows from now on what is sent over the existing connections. */
  public synchronized void silence() {
    lines.forEach(line -> line.silent = true);
  }

  /** How many silent connections the client has not closed yet. */
  public synchronized long silent() {
    return lines.stream().filter(line -> line.silent && !line.closed).count();
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
    line.silent = mode == Mode.SWALLOWED;
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

    private volatile boolean silent;
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
      if (!silent) {
        other.close();
      }
    }

    private void pass(Buffer bytes, NetSocket to) {
      if (!silent) {
        to.write(bytes);
      }
    }
  }
}
