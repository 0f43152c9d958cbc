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
 * A client that has more than one gateway to ask. When its connection was closed, or is to be, it
 * connects to the next one, as any client does that keeps connections; a question that was already
 * sent it asks no second time.
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
   * @param first the place in {@code ports} of the gateway that it asks first
   */
  FailoverClient(EventLoop thread, Bootstrap bootstrap, List<Integer> ports, int first) {
    this.thread = thread;
    this.bootstrap = bootstrap;
    this.ports = ports;
    this.next = first;
  }

  @Override
  public void ask(Consumer<Optional<String>> answered) {
    thread.execute(() -> ask(answered, ports.size()));
  }

  private void ask(Consumer<Optional<String>> answered, int gatewaysLeft) {
    if (connection != null && connection.isUsable()) {
      connection.ask(answered);
    } else if (gatewaysLeft == 0) {
      // Later, for whoever is told will ask again.
      thread.schedule(
          () -> answered.accept(Optional.of("no gateway takes a connection")),
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
                ask(answered, connected.isSuccess() ? gatewaysLeft : gatewaysLeft - 1);
              });
    }
  }
}
