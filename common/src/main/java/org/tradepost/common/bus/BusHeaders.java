package org.tradepost.common.bus;

import java.util.Set;

/** The headers of a bus message that are not parameters of an operation. */
public final class BusHeaders {

  /** The caller's token, without the word Bearer. */
  public static final String AUTHORIZATION = "authorization";

  /**
   * How long the sender waits, in milliseconds; work beyond that is dropped. A duration and not a
   * point in time, since the clocks of hosts differ.
   */
  public static final String TIMEOUT = "timeout";

  public static final String REQUEST_ID = "requestId";

  /** W3C trace context. */
  public static final String TRACEPARENT = "traceparent";

  /** Asks each service to log a line about the request ({@code true}). */
  public static final String LOGGED = "logged";

  /** In a reply to such a request: the order that it was about. */
  public static final String LOGGED_ORDER = "loggedOrder";

  /** The client's address with its proof, only for operations with {@code x-client-address}. */
  public static final String CLIENT = "client";

  /** Says that all parameters are in headers and none are in the body ({@code headers}). */
  public static final String PARAMETERS = "parameters";

  public static final String PARAMETERS_AS_HEADERS = "headers";

  /** The request headers whose names no parameter may have. */
  public static final Set<String> RESERVED =
      Set.of(AUTHORIZATION, TIMEOUT, REQUEST_ID, TRACEPARENT, LOGGED, CLIENT, PARAMETERS);

  private BusHeaders() {}
}
