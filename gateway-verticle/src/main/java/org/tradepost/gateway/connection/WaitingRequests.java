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
 * Bounds the heap that pipelined requests take, which arrive before earlier ones on their
 * connection are answered. When there are too many, the connection with most of them is closed.
 *
 * <p>Belongs to one event loop.
 */
public final class WaitingRequests {

  /** The approximate size of a request's objects besides its text. */
  private static final int BYTES_OF_REQUEST = 1_024;

  private static final int BYTES_OF_FIELD = 64;

  private final long most;
  private final Set<OfConnection> waiting = new HashSet<>();
  private long held;

  /**
   * @param bytes how many bytes the requests may take
   */
  public WaitingRequests(long bytes) {
    this.most = bytes;
  }

  /** Returns the requests of the connection whose pipeline has this context of Vert.x. */
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

    /** Counts a request that is not the next to be served. */
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

    /** Stops counting the first request, if there is one, since it is served next. */
    void removeFirst() {
      var size = sizes.poll();
      if (size != null) {
        count(-size);
        if (sizes.isEmpty()) {
          waiting.remove(this);
        }
      }
    }

    /** Stops counting all requests, since the connection is closed. */
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
