package org.tradepost.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Bounds the heap of requests that were sent before earlier ones on their connections are answered.
 * When there are too many, the connection with most of them is closed.
 *
 * <p>Belongs to one event loop.
 */
public final class WaitingRequests {

  /** The objects of a request take about so many bytes besides its text. */
  private static final int BYTES_OF_REQUEST = 1_024;

  private static final int BYTES_OF_FIELD = 64;

  private final long most;
  private final Set<OfConnection> waiting = new HashSet<>();
  private long held;

  /**
   * @param bytes how many the requests may take
   */
  public WaitingRequests(long bytes) {
    this.most = bytes;
  }

  /** Those of the connection in whose pipeline Vert.x has this place. */
  OfConnection of(ChannelHandlerContext vertx) {
    return new OfConnection(vertx);
  }

  /** The requests that wait on one connection. */
  final class OfConnection {

    private final ChannelHandlerContext vertx;
    private final Deque<Integer> sizes = new ArrayDeque<>(0);
    private long bytes;

    private OfConnection(ChannelHandlerContext vertx) {
      this.vertx = vertx;
    }

    /** A request has come that is not the next to be served. */
    void add(HttpRequest request) {
      if (!vertx.channel().isOpen()) {
        return;
      }
      var size = BYTES_OF_REQUEST + request.uri().length();
      for (var field : request.headers()) {
        size += BYTES_OF_FIELD + field.getKey().length() + field.getValue().length();
      }
      sizes.add(size);
      waiting.add(this);
      count(size);
      if (held > most) {
        var longest = Collections.max(waiting, Comparator.comparingLong(other -> other.bytes));
        longest.clear();
        ConnectionContext.abort(longest.vertx);
      }
    }

    /** The first of them, if there is one, is served. */
    void removeFirst() {
      var size = sizes.poll();
      if (size != null) {
        count(-size);
        if (sizes.isEmpty()) {
          waiting.remove(this);
        }
      }
    }

    /** The connection is closed. */
    void clear() {
      sizes.clear();
      count(-bytes);
      waiting.remove(this);
    }

    private void count(long more) {
      bytes += more;
      held += more;
    }
  }
}
