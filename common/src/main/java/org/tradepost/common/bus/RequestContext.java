package org.tradepost.common.bus;

import org.tradepost.common.identity.Caller;

/**
 * What travels with a request down every further call it causes.
 *
 * @param caller the authenticated caller
 * @param deadline until when the caller waits for the answer
 * @param requestId the id that joins the log lines of one request
 * @param traceparent W3C trace context, or null
 * @param client identifies the client's address, for operations that need it ({@code
 *     x-client-address}); empty otherwise, and when it did not come through a gateway
 */
public record RequestContext(
    Caller caller, Deadline deadline, String requestId, String traceparent, String client) {

  public RequestContext(Caller caller, Deadline deadline, String requestId, String traceparent) {
    this(caller, deadline, requestId, traceparent, "");
  }

  /** A call that a service makes on its own account, outside any request. */
  public static RequestContext own(long timeoutMillis) {
    return new RequestContext(Caller.ANONYMOUS, Deadline.in(timeoutMillis), null, null);
  }

  /** Milliseconds that are left, zero or less when the time is up. */
  public long remaining() {
    return deadline.remaining();
  }
}
