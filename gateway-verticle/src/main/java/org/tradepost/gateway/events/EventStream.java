package org.tradepost.gateway.events;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.connection.ConnectionContext;
import org.tradepost.gateway.events.EventReader.EventRound;
import org.tradepost.gateway.http.HttpExchange;

/**
 * The events of all services as Server-Sent Events, for one client. Nothing is read from services
 * while the client's buffer is full. A client that reads nothing for some time is disconnected.
 *
 * <p>Belongs to one event loop, except {@link #notifyChange} and {@link #stop}.
 */
final class EventStream {

  /** The most events that are read from a service at once. */
  static final int PAGE = 50;

  /** The bytes that may wait to be sent before another page is read. */
  private static final int MAX_UNSENT_BYTES = 65_536;

  /** About how many bytes are written at once, so that a slow client makes visible progress. */
  private static final int PIECE_BYTES = 16_384;

  private static final long RECONNECT_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final RoutingContext request;
  private final HttpServerResponse response;
  private final EventReader reader;
  private final EventStreams streams;
  private final Vertx vertx;
  private final Context loop;
  private final Map<String, EventFeed> feeds = new HashMap<>();
  private EventCursor cursor;
  private int unsent;
  private long heartbeat = -1;
  private long writeTimer = -1;
  private boolean stopped;

  /**
   * @param cursor where the stream begins
   */
  EventStream(
      RoutingContext request, EventReader reader, EventStreams streams, EventCursor cursor) {
    this.request = request;
    this.response = request.response();
    this.reader = reader;
    this.streams = streams;
    this.cursor = cursor;
    this.vertx = request.vertx();
    this.loop = vertx.getOrCreateContext();
  }

  /**
   * Starts the stream once every service was asked for its first page.
   *
   * @param client identifies the client
   * @return fails if a service rejects the cursor; then there is no stream, and the request needs
   *     another response
   */
  Future<Void> start(Object client) {
    streams.add(this, client);
    request.addEndHandler(ended -> release());
    if (response.closed() || response.ended()) {
      // The request has already ended, so the end handler does not run again.
      release();
    }
    return reader.readAll(cursor, PAGE).onSuccess(this::startWith).mapEmpty();
  }

  private void startWith(EventRound first) {
    if (stopped) {
      return;
    }
    HttpExchange.of(request).removeTimeout();
    reader.leaveTrace();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        // Keeps some proxies from buffering the stream.
        .putHeader("X-Accel-Buffering", "no");
    if (HttpMethod.HEAD.equals(request.request().method())) {
      response.end();
      return;
    }
    response.setChunked(true);
    cursor = cursor.withPlacesOf(first.unavailable());
    write(Buffer.buffer("retry: " + RECONNECT_MILLIS + "\n\n"));
    first.pages().forEach((service, page) -> feed(service).accept(Future.succeededFuture(page)));
    first
        .unavailable()
        .forEach(service -> feed(service).accept(Future.failedFuture("unavailable")));
    writePlace();
    heartbeat = vertx.setPeriodic(streams.limits().heartbeat().toMillis(), due -> beat());
  }

  private EventFeed feed(String service) {
    streams.subscribe(service);
    return feeds.computeIfAbsent(service, name -> new EventFeed(vertx, name, this));
  }

  /** Whether nothing more can be written now. */
  boolean isFull() {
    return stopped || unsent > MAX_UNSENT_BYTES;
  }

  long paceMillis() {
    return streams.paceMillis();
  }

  /** Reads the next page of a service. */
  Future<EventBatch> read(String service) {
    return reader.read(service, cursor, PAGE);
  }

  /** Writes the events of a service, each with the cursor after it. */
  void write(String service, EventBatch batch) {
    var messages = Buffer.buffer();
    for (var entry : batch.entries()) {
      cursor = cursor.with(service, entry.cursor());
      messages
          .appendString("id: " + cursor.text() + "\ndata: ")
          .appendBuffer(WireJson.write(entry.event()))
          .appendString("\n\n");
      if (messages.length() >= PIECE_BYTES) {
        write(messages);
        messages = Buffer.buffer();
      }
    }
    cursor = cursor.with(service, batch.next());
    if (messages.length() > 0) {
      write(messages);
    }
  }

  /** Writes a message with only an id, which clients remember without reporting an event. */
  private void writePlace() {
    write(Buffer.buffer("id: " + cursor.text() + "\n\n"));
  }

  /** Counts bytes here, since the response's write queue counts messages, whatever their size. */
  private void write(Buffer messages) {
    unsent += messages.length();
    response.write(messages).onComplete(sent -> sent(messages.length()));
    if (isFull() && writeTimer < 0) {
      startTimeout();
    }
  }

  private void startTimeout() {
    writeTimer = vertx.setTimer(streams.limits().streamWriteTimeout().toMillis(), due -> cutOff());
  }

  private void sent(int bytes) {
    unsent -= bytes;
    if (stopped) {
      return;
    }
    vertx.cancelTimer(writeTimer);
    writeTimer = -1;
    if (isFull()) {
      startTimeout();
    } else {
      feeds.values().forEach(EventFeed::drained);
    }
  }

  private void cutOff() {
    log.info("disconnected a client that does not read its event stream");
    ConnectionContext.abort(request.request().connection());
  }

  private void beat() {
    reader
        .check()
        .onComplete(
            good -> {
              if (stopped) {
                return;
              }
              if (ServiceException.isRejection(good.cause())) {
                stop();
                return;
              }
              updateFeeds();
              if (!isFull()) {
                writePlace();
              }
            });
  }

  private void updateFeeds() {
    var present = reader.services();
    var gone = new HashSet<>(feeds.keySet());
    present.forEach(gone::remove);
    gone.forEach(service -> feeds.remove(service).stop());
    present.stream()
        .filter(service -> !feeds.containsKey(service))
        .forEach(service -> feed(service).poll());
  }

  /** Passes on a change notification of a service. */
  void notifyChange(String service) {
    loop.runOnContext(
        changed -> {
          var feed = feeds.get(service);
          if (feed != null) {
            feed.notifyChange();
          }
        });
  }

  /** Ends the stream; the client may reconnect and continue from the same place. */
  void stop() {
    loop.runOnContext(
        now -> {
          if (response.ended()) {
            return;
          }
          release();
          if (!response.headWritten()) {
            request.fail(ServiceException.unavailable("The gateway is shutting down"));
          } else if (unsent > MAX_UNSENT_BYTES) {
            cutOff();
          } else {
            response.end();
          }
        });
  }

  private void release() {
    stopped = true;
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(writeTimer);
    feeds.values().forEach(EventFeed::stop);
    streams.remove(this);
  }
}
