package org.tradepost.common.bus;

import org.tradepost.common.identity.Caller;

/**
 * What travels with a request down every further call it causes.
 *
 * @param caller the authenticated caller
 * @param deadline until when the caller waits for the answer
 * @param requestId the id that joins the log lines of one request, or null
 * @param traceparent W3C trace context, or null
 * @param logged whether each service writes a line about it into its log
 * @param client identifies the client's address, for operations that need it ({@code
 *     x-client-address}); empty otherwise, and when it did not come through a gateway
 * @param token the caller's token, for calls to public operations on the caller's behalf; null when
 *     there was none
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

  /** A call that a service makes on its own account, outside any request. */
  public static RequestContext own(long timeoutMillis) {
    return new RequestContext(Caller.ANONYMOUS, Deadline.in(timeoutMillis), null, null);
  }

  /** Milliseconds that are left, zero or less when the time is up. */
  public long remaining() {
    return deadline.remaining();
  }

  /** Names no token, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "RequestContext[" + requestId + ", " + caller + "]";
  }
}
