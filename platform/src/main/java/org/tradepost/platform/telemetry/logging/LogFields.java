package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a log line beside its message, with names of the Elastic Common Schema. */
public final class LogFields {

  public static final String SERVICE = "service.name";
  public static final String NODE = "service.node.name";
  public static final String VERSION = "service.version";
  public static final String REQUEST_ID = "http.request.id";
  public static final String TRACE_ID = "trace.id";
  public static final String SPAN_ID = "span.id";

  /** Not in the schema, which has no orders. */
  public static final String ORDER_ID = "order.id";

  /** The schema's name for the code of a rejection. */
  public static final String ERROR_CODE = "error.code";

  /** The duration in nanoseconds. */
  public static final String DURATION = "event.duration";

  private LogFields() {}

  /**
   * The fields of a line, in order: those of the process, those of the request on whose behalf it
   * is written, and those given with the line, which take precedence.
   */
  static Map<String, Object> of(ILoggingEvent event) {
    var fields = new LinkedHashMap<String, Object>();
    var process = LoggingIdentity.current();
    put(fields, SERVICE, process.service());
    put(fields, NODE, process.node());
    put(fields, VERSION, process.version());
    LoggingContext.current()
        .ifPresent(
            request -> {
              put(fields, SERVICE, request.service());
              put(fields, REQUEST_ID, request.requestId());
              put(fields, TRACE_ID, request.traceId());
              put(fields, SPAN_ID, request.spanId());
              put(fields, ORDER_ID, request.orderId());
            });
    var given = event.getKeyValuePairs();
    if (given != null) {
      given.forEach(pair -> fields.put(pair.key, pair.value));
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(name, value);
    }
  }
}
