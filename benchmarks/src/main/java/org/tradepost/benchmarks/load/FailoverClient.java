package org.tradepost.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tradepost.benchmarks.machine.LoopbackAddress;

/**
 * A client of several gateways. When its connection is closed or about to be, it connects to the
 * next gateway, as clients with persistent connections do. It never sends a request twice.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class FailoverClient implements Client {
  private static final long REFUSED_MILLIS = 10;

  private final EventLoop thread;
  private final Bootstrap bootstrap;
  private final List<Integer> ports;
  private int next;
  private HttpConnection connection;

  /**
   * @param first the index in {@code ports} of the first gateway
   */
  FailoverClient(EventLoop thread, Bootstrap bootstrap, List<Integer> ports, int first) {
    this.thread = thread;
    this.bootstrap = bootstrap;
    this.ports = ports;
    this.next = first;
  }

  @Override
  public void send(Consumer<Optional<String>> responded) {
    thread.execute(() -> send(responded, ports.size()));
  }

  private void send(Consumer<Optional<String>> responded, int gatewaysLeft) {
    if (connection != null && connection.isUsable()) {
      connection.send(responded);
    } else if (gatewaysLeft == 0) {
      // Delayed, because the caller sends its next request at once.
      thread.schedule(
          () -> responded.accept(Optional.of("no gateway accepts a connection")),
          REFUSED_MILLIS,
          TimeUnit.MILLISECONDS);
    } else {
      int port = ports.get(next++ % ports.size());
      bootstrap
          .connect(LoopbackAddress.ADDRESS, port)
          .addListener(
              (ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                  connection = connected.channel().pipeline().get(HttpConnection.class);
                }
                send(responded, connected.isSuccess() ? gatewaysLeft : gatewaysLeft - 1);
              });
    }
  }
}
