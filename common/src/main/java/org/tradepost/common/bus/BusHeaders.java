package org.tradepost.common.bus;

import java.util.Set;

/** The header fields of a bus message that are not parameters of an operation. */
public final class BusHeaders {

  /** The caller's token, without the word Bearer. */
  public static final String AUTHORIZATION = "authorization";

  /** Milliseconds since the epoch; work past it is dropped. */
  public static final String DEADLINE = "deadline";

  public static final String REQUEST_ID = "requestId";

  /** W3C trace context. */
  public static final String TRACEPARENT = "traceparent";

  /** Says that every parameter travels as a header, and the body holds none ({@code headers}). */
  public static final String PARAMETERS = "parameters";

  public static final String PARAMETERS_AS_HEADERS = "headers";

  /** All of them: no parameter may have such a name. */
  public static final Set<String> RESERVED =
      Set.of(AUTHORIZATION, DEADLINE, REQUEST_ID, TRACEPARENT, PARAMETERS);

  private BusHeaders() {}
}
