package org.tradepost.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.json.WireJson;

/** Requests between services. No other code of a service touches the event bus. */
public final class ServiceBus {

  /**
   * How long one attempt at a call waits. A dead node never replies, so this is what its death
   * costs.
   */
  private static final long ATTEMPT_MILLIS = 800;

  /** Long enough for three attempts that get no reply. */
  private static final long CALL_TIMEOUT_MILLIS = 3 * ATTEMPT_MILLIS;

  /** One more than those three, since the next attempt follows at once when an instance dies. */
  private static final int MAX_ATTEMPTS = 4;

  private static final Logger log = LoggerFactory.getLogger(ServiceBus.class);

  private final Vertx vertx;
  private final ServiceTokens tokens;
  private final CallTracing tracing;
  private final RepeatedRequests repeated;
  private final CallCounts calls = new CallCounts();
  private final BusCounts counts = new BusCounts();
  private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
  private final Set<String> published = ConcurrentHashMap.newKeySet();
  private volatile long lastMessageAt = System.nanoTime();

  /** Creates a bus whose calls add no spans to the trace of the caller. */
  public ServiceBus(Vertx vertx, ServiceTokens tokens) {
    this(vertx, tokens, CallTracing.OFF);
  }

  public ServiceBus(Vertx vertx, ServiceTokens tokens, CallTracing tracing) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.tracing = tracing;
    this.repeated = new RepeatedRequests(vertx);
  }

  /**
   * Calls an operation, which must be idempotent: if no reply comes, the request is sent again, to
   * the next instance, while time and the retry budget allow it. An internal operation is called as
   * this service, a public one on behalf of the caller of the request.
   *
   * @return fails with the {@link ServiceException} of the other side, or {@code UNAVAILABLE},
   *     which means that the outcome is unknown
   */
  public <Q, R> Future<R> call(Operation<Q, R> operation, Q request, RequestContext call) {
    var policy =
        new RepeatPolicy(
            Math.min(CALL_TIMEOUT_MILLIS, call.remaining()), ATTEMPT_MILLIS, MAX_ATTEMPTS);
    var headers = headers(operation.internal() ? tokens.token() : call.token(), call);
    return sendRepeatable(operation.address(), WireJson.write(request), headers, policy)
        .map(reply -> read(reply.body(), operation.reply()))
        .recover(failure -> Future.failedFuture(explainRejectedToken(operation, failure)));
  }

  private static <R> R read(Buffer body, Class<R> type) {
    // The body is empty where REST answers 204.
    return WireJson.read(body.length() == 0 ? WireJson.write(Empty.NOTHING) : body, type);
  }

  /**
   * A rejected service token is a fault of this node or of the other one, never of the client whose
   * request caused the call.
   */
  private static Throwable explainRejectedToken(Operation<?, ?> operation, Throwable failure) {
    if (operation.internal()
        && failure instanceof ServiceException rejection
        && rejection.is(CommonError.UNAUTHENTICATED)) {
      log.warn(
          "{} does not accept this node's service token: their secrets or clocks differ",
          operation.address());
      return ServiceException.unavailable(
          "The service " + operation.service() + " does not accept this node's token");
    }
    return failure;
  }

  private static MultiMap headers(String token, RequestContext call) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    if (call.requestId() != null) {
      headers.set(BusHeaders.REQUEST_ID, call.requestId());
    }
    if (call.traceparent() != null) {
      headers.set(BusHeaders.TRACEPARENT, call.traceparent());
    }
    if (call.logged()) {
      headers.set(BusHeaders.LOGGED, Boolean.toString(true));
    }
    return headers;
  }

  /** The budget for retries to the service that an address belongs to. */
  private RetryBudget budget(String address) {
    return budgets.computeIfAbsent(service(address), first -> new RetryBudget());
  }

  /**
   * Sends bytes as they are, and again while there is no reply and the budget allows it: see {@link
   * #send}. The timeout in each message is all the time that is left, since a late reply from a
   * slow instance counts as well, and the budget may allow no other attempt.
   */
  public Future<Message<Buffer>> sendRepeatable(
      String address, Buffer bytes, MultiMap headers, RepeatPolicy policy) {
    var budget = budget(address);
    budget.countCall();
    var attempts = new AtomicInteger();
    return repeated.track(
        address,
        new RepeatedRequest(
            vertx,
            policy,
            () -> mayRepeat(budget),
            millis ->
                send(
                    address,
                    bytes,
                    MultiMap.caseInsensitiveMultiMap().addAll(headers),
                    millis,
                    attempts.incrementAndGet())));
  }

  /**
   * Runs work of this node that earlier requests have caused, so that it appears in their traces.
   *
   * @param traceparents the W3C trace contexts of those requests; null for a request without one
   * @param name what the work is
   */
  public <T> Future<T> causedBy(List<String> traceparents, String name, Supplier<Future<T>> work) {
    return tracing.causedBy(traceparents, name, work);
  }

  private boolean mayRepeat(RetryBudget budget) {
    var allowed = budget.take();
    if (allowed) {
      counts.countRepeated();
    }
    return allowed;
  }

  /** How many requests this node has sent and received. */
  public BusCounts counts() {
    return counts;
  }

  /** Sends requests in flight again: an instance at their address died or stopped responding. */
  public void resend(String address) {
    repeated.resend(address);
  }

  /** Milliseconds since the last request arrived. */
  public long millisSinceLastMessage() {
    return (System.nanoTime() - lastMessageAt) / 1_000_000;
  }

  /**
   * Sends bytes as they are, once.
   *
   * @param timeoutMillis how long to wait; the message carries it as its timeout
   * @return fails with a {@link ServiceException}, {@code UNAVAILABLE} if there was no reply
   */
  public Future<Message<Buffer>> send(
      String address, Buffer bytes, MultiMap headers, long timeoutMillis) {
    return send(address, bytes, headers, timeoutMillis, 1);
  }

  private Future<Message<Buffer>> send(
      String address, Buffer bytes, MultiMap headers, long timeoutMillis, int attempt) {
    if (timeoutMillis <= 0) {
      return Future.failedFuture(ServiceException.timedOut());
    }
    counts.countSent();
    headers.set(BusHeaders.TIMEOUT, Long.toString(timeoutMillis));
    var ended = tracing.sending(address, attempt, headers);
    var options = new DeliveryOptions().setSendTimeout(timeoutMillis).setHeaders(headers);
    return calls
        .count(
            service(address),
            vertx
                .eventBus()
                .<Buffer>request(address, bytes, options)
                .recover(failure -> Future.failedFuture(translate(address, failure))))
        .onComplete(reply -> ended.accept(reply.cause()));
  }

  /** The requests that this node has sent to services. */
  public CallCounts calls() {
    return calls;
  }

  /**
   * Whether an address sends neither a reply nor a rejection in time. Fails if nobody listens there
   * or the listener cannot be reached.
   */
  public Future<Boolean> isUnresponsive(String address, long millis) {
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.AUTHORIZATION, tokens.token());
    var options = new DeliveryOptions().setSendTimeout(millis).setHeaders(headers);
    return vertx
        .eventBus()
        .request(address, Buffer.buffer(), options)
        .map(false)
        .recover(
            failure -> {
              var type = failure instanceof ReplyException reply ? reply.failureType() : null;
              return type == ReplyFailure.TIMEOUT || type == ReplyFailure.RECIPIENT_FAILURE
                  ? Future.succeededFuture(type == ReplyFailure.TIMEOUT)
                  : Future.failedFuture(failure);
            });
  }

  /** Publishes a change notification. It may be lost, so a listener must also poll. */
  public void notify(String address) {
    published.add(address);
    vertx.eventBus().publish(address, Buffer.buffer());
  }

  /** Whether this node publishes change notifications at an address. */
  public boolean isPublished(String address) {
    return published.contains(address);
  }

  /** Runs the action at every change notification. */
  public MessageConsumer<Object> onChange(String address, Runnable action) {
    return vertx.eventBus().consumer(address, message -> action.run());
  }

  /** Passes every message sent to the address to the handler, on the context of the caller. */
  public MessageConsumer<Buffer> consume(String address, Handler<Message<Buffer>> handler) {
    return vertx
        .eventBus()
        .consumer(
            address,
            message -> {
              lastMessageAt = System.nanoTime();
              counts.countReceived();
              handler.handle(message);
            });
  }

  private ServiceException translate(String address, Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      try {
        return new ServiceException(WireJson.read(reply.getMessage(), Failure.class));
      } catch (UncheckedIOException | IllegalArgumentException unreadable) {
        return new ServiceException(CommonError.INTERNAL);
      }
    }
    counts.countNoReply();
    return ServiceException.noReply(service(address));
  }

  private static String service(String address) {
    return address.substring(0, Math.max(0, address.indexOf('.')));
  }
}
