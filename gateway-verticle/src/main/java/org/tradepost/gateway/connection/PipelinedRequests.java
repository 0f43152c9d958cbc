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
public final class PipelinedRequests {

  /** The approximate size of a request's objects besides its text. */
  private static final int REQUEST_OVERHEAD_BYTES = 1_024;

  private static final int FIELD_OVERHEAD_BYTES = 64;

  private final long maxBytes;
  private final Set<OfConnection> connections = new HashSet<>();
  private long held;

  /**
   * @param maxBytes how many bytes the requests may take
   */
  public PipelinedRequests(long maxBytes) {
    this.maxBytes = maxBytes;
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
      var size = REQUEST_OVERHEAD_BYTES + request.uri().length();
      for (var field : request.headers()) {
        size += FIELD_OVERHEAD_BYTES + field.getKey().length() + field.getValue().length();
      }
      sizes.add(size);
      connections.add(this);
      count(size);
      if (held > maxBytes) {
        var largest = Collections.max(connections, Comparator.comparingLong(other -> other.bytes));
        largest.clear();
        ConnectionContext.abort(largest.vertx);
      }
    }

    /** Stops counting the first request, if there is one, since it is served next. */
    void removeFirst() {
      var size = sizes.poll();
      if (size != null) {
        count(-size);
        if (sizes.isEmpty()) {
          connections.remove(this);
        }
      }
    }

    /** Stops counting all requests, since the connection is closed. */
    void clear() {
      sizes.clear();
      count(-bytes);
      connections.remove(this);
    }

    private void count(long more) {
      bytes += more;
      held += more;
    }
  }
}
