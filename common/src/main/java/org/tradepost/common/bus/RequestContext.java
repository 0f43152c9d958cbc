package org.tradepost.common.bus;

import org.tradepost.common.identity.Caller;

/**
 * What a request passes on to every further call that it causes.
 *
 * @param caller the authenticated caller
 * @param deadline until when the caller waits for the reply
 * @param requestId the id that connects the log lines of one request, or null
 * @param traceparent W3C trace context, or null
 * @param logged whether each service logs a line about the request
 * @param client identifies the client's address, for operations that need it ({@code
 *     x-client-address}); otherwise empty, also if the request did not come through a gateway
 * @param token the caller's token, for calls to public operations on the caller's behalf; null if
 *     there is none
 */
public record RequestContext(
    Caller caller,
    Deadline deadline,
    String requestId,
    String traceparent,
    boolean logged,
    String client,
    String token) {

  public RequestContext(Caller caller, Deadline deadline, String requestId, String traceparent) {
    this(caller, deadline, requestId, traceparent, false, "", null);
  }

  /** Creates the context of a call that a service makes for itself, outside any request. */
  public static RequestContext background(long timeoutMillis) {
    return new RequestContext(Caller.ANONYMOUS, Deadline.in(timeoutMillis), null, null);
  }

  /** Returns the remaining milliseconds, zero or less if the time is up. */
  public long remaining() {
    return deadline.remaining();
  }

  /** Leaves out the token, so that it is never logged by accident. */
  @Override
  public String toString() {
    return "RequestContext[" + requestId + ", " + caller + "]";
  }
}
