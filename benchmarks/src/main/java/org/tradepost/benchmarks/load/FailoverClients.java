package org.tradepost.benchmarks.load;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients of several gateways, all on one thread. They start evenly spread over the gateways. */
public final class FailoverClients implements Clients {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<FailoverClient> clients;

  public FailoverClients(int count, List<Integer> ports, LoadRequest.Source source) {
    var thread = group.next();
    var bootstrap = HttpClients.bootstrap(thread, source);
    clients =
        IntStream.range(0, count)
            .mapToObj(i -> new FailoverClient(thread, bootstrap, ports, i % ports.size()))
            .toList();
  }

  @Override
  public List<FailoverClient> all() {
    return clients;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
