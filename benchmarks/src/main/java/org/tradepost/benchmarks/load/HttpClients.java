package org.tradepost.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MeasurementFailure;

/** HTTP/1.1 connections, all on one thread, which competes with the server for processors. */
public final class HttpClients implements Clients {
  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<HttpConnection> connections = new ArrayList<>();

  /**
   * Connects.
   *
   * @param port a port on the loopback address
   * @param source makes the requests; called on the thread of the connections
   */
  public HttpClients(int count, int port, LoadRequest.Source source) {
    var bootstrap = bootstrap(thread, source);
    try {
      for (var i = 0; i < count; i++) {
        connections.add(connect(bootstrap, port));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns a bootstrap that opens connections on the threads of a group. */
  static Bootstrap bootstrap(EventLoopGroup threads, LoadRequest.Source source) {
    return new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpResponseDecoder(), new HttpConnection(channel, source));
              }
            });
  }

  private static HttpConnection connect(Bootstrap bootstrap, int port) {
    var connected = bootstrap.connect(LoopbackAddress.ADDRESS, port).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new MeasurementFailure("Port " + port + " accepts no connection.", connected.cause());
    }
    var channel = connected.channel();
    return channel.pipeline().get(HttpConnection.class);
  }

  @Override
  public List<HttpConnection> all() {
    return connections;
  }

  @Override
  public void close() {
    connections.forEach(HttpConnection::close);
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
