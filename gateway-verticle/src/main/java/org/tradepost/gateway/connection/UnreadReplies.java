package org.tradepost.gateway.connection;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the bytes of replies that wait for their clients to read them. When there are too many,
 * the client with most of them loses its connection that has waited longest.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class UnreadReplies {

  private static final String KEY = "unread replies";

  private final long maxBytes;

  // The longest wait is first.
  private final Set<Reply> replies = new LinkedHashSet<>();
  private final Map<Object, Long> bytesByClient = new HashMap<>();
  private long held;

  /** A reply that waits, compared by identity. */
  private static final class Reply {

    private final HttpConnection connection;
    private final Object client;
    private final long bytes;

    Reply(HttpConnection connection, Object client, long bytes) {
      this.connection = connection;
      this.client = client;
      this.bytes = bytes;
    }
  }

  /**
   * @param maxBytes how many bytes may wait
   */
  public UnreadReplies(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Makes the reply to a request count here if it has to wait. */
  public void watch(RoutingContext context) {
    context.put(KEY, this);
  }

  /** Returns where the reply to a request counts. */
  public static UnreadReplies of(RoutingContext context) {
    return context.get(KEY);
  }

  /**
   * Counts a reply that its connection does not accept at once, until it is sent or the connection
   * is closed.
   *
   * @param client identifies the client
   * @param sent completes when the whole reply has been sent
   */
  public void add(RoutingContext context, Object client, long bytes, Future<Void> sent) {
    var reply = new Reply(context.request().connection(), client, bytes);
    add(reply).forEach(ConnectionContext::abort);
    sent.onComplete(ended -> remove(reply));
    context.addEndHandler(
        ended -> {
          if (ended.failed()) {
            remove(reply);
          }
        });
  }

  /** Returns the connections to close, whose replies are no longer counted. */
  private synchronized List<HttpConnection> add(Reply reply) {
    replies.add(reply);
    count(reply.client, reply.bytes);
    var closed = new ArrayList<HttpConnection>();
    while (held > maxBytes) {
      var first = firstOfGreediest();
      remove(first);
      closed.add(first.connection);
    }
    return closed;
  }

  private Reply firstOfGreediest() {
    var greediest =
        Collections.max(bytesByClient.entrySet(), Map.Entry.comparingByValue()).getKey();
    return replies.stream()
        .filter(reply -> reply.client.equals(greediest))
        .findFirst()
        .orElseThrow();
  }

  private synchronized void remove(Reply reply) {
    if (replies.remove(reply)) {
      count(reply.client, -reply.bytes);
    }
  }

  private void count(Object client, long bytes) {
    held += bytes;
    bytesByClient.merge(client, bytes, (before, more) -> before + more == 0 ? null : before + more);
  }
}
