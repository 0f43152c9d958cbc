package org.tradepost.gateway.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Locale;
import java.util.Set;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.platform.telemetry.logging.LogFields;
import org.tradepost.platform.telemetry.logging.RequestLog;

/**
 * The line about one request in the access log. It repeats nothing that the client wrote, except
 * the ids of the request and of its trace.
 */
public final class AccessLine {

  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.OPTIONS,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE);

  /** Replaces every other method. */
  static final String OTHER = "_OTHER";

  private static final String UNKNOWN = "-";
  private static final int FIRST_FAULT = 500;

  /** Client errors despite their status; they are sent before any limit on requests applies. */
  private static final Set<Integer> NO_FAULTS = Set.of(501, 505);

  private final String method;
  private final String requestId;
  private final String traceparent;
  private final boolean chosen;
  private final long startedAt = System.nanoTime();
  private String route = UNKNOWN;
  private String code = UNKNOWN;
  private String client = UNKNOWN;

  AccessLine(HttpMethod method, String requestId, String traceparent, boolean chosen) {
    this.method = known(method);
    this.requestId = requestId;
    this.traceparent = traceparent;
    this.chosen = chosen;
  }

  /** Returns the name of an HTTP method, or {@link #OTHER} if a client may have made it up. */
  static String known(HttpMethod method) {
    return KNOWN.contains(method) ? method.name() : OTHER;
  }

  /** Whether the request was chosen for logging; then services log it too. */
  public boolean isChosen() {
    return chosen;
  }

  /** Sets the route, which is the template of the path. */
  public AccessLine route(String template) {
    route = template;
    return this;
  }

  /** Sets the kind of the client. */
  public void client(Caller caller) {
    client = caller.isAdmin() ? Caller.ADMIN : caller.kind().name().toLowerCase(Locale.ROOT);
  }

  /** Sets the error code with which the request was rejected. */
  public AccessLine rejected(ServiceException rejection) {
    return rejected(rejection.failure().code());
  }

  AccessLine rejected(String why) {
    code = why;
    return this;
  }

  /**
   * Writes the line if it was chosen or reports a fault of the server. This excludes rejections for
   * overload, since a line for each would add to the load.
   *
   * @param bytes the size of the response body
   */
  public void write(int status, long bytes) {
    var fault =
        status >= FIRST_FAULT
            && !NO_FAULTS.contains(status)
            && !code.equals(CommonError.OVERLOADED.name());
    if (!chosen && !fault) {
      return;
    }
    var nanos = System.nanoTime() - startedAt;
    var line =
        RequestLog.line(fault ? Level.WARN : Level.INFO, nanos)
            .addKeyValue(LogFields.REQUEST_ID, requestId)
            .addKeyValue("http.request.method", method)
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("http.response.body.bytes", bytes);
    if (traceparent != null) {
      line =
          line.addKeyValue(LogFields.TRACE_ID, TraceHeaders.traceId(traceparent))
              .addKeyValue(LogFields.SPAN_ID, TraceHeaders.spanId(traceparent));
    }
    line = addIfKnown(line, "http.route", route);
    line = addIfKnown(line, LogFields.ERROR_CODE, code);
    line = addIfKnown(line, "client.kind", client);
    line.log(
        "{} {} {} {} in {}, {} bytes, client {}",
        method,
        route,
        status,
        code,
        RequestLog.duration(nanos),
        bytes,
        client);
  }

  private static LoggingEventBuilder addIfKnown(
      LoggingEventBuilder line, String name, String value) {
    return value.equals(UNKNOWN) ? line : line.addKeyValue(name, value);
  }
}
