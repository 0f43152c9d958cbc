package org.tradepost.common.bus;

import java.util.Set;

/** The header fields of a bus message that are not parameters of an operation. */
public final class BusHeaders {

  /** The caller's token, without the word Bearer. */
  public static final String AUTHORIZATION = "authorization";

  /**
   * For how many milliseconds the sender waits from when it sends; work past it is dropped. Not a
   * moment in time, since clocks of hosts differ.
   */
  public static final String TIMEOUT = "timeout";

  public static final String REQUEST_ID = "requestId";

  /** W3C trace context. */
  public static final String TRACEPARENT = "traceparent";

  /** Says that each service writes a line about the request into its log ({@code true}). */
  public static final String LOGGED = "logged";

  /** In a reply: the order that such a request was about. */
  public static final String LOGGED_ORDER = "loggedOrder";

  /** What stands for the client at the gateway, with its proof; only for operations that ask. */
  public static final String CLIENT = "client";

  /** Says that every parameter travels as a header, and the body holds none ({@code headers}). */
  public static final String PARAMETERS = "parameters";

  public static final String PARAMETERS_AS_HEADERS = "headers";

  /** All of them: no parameter may have such a name. */
  public static final Set<String> RESERVED =
      Set.of(AUTHORIZATION, TIMEOUT, REQUEST_ID, TRACEPARENT, LOGGED, CLIENT, PARAMETERS);

  private BusHeaders() {}
}
