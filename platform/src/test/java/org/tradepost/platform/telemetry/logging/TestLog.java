package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.tradepost.common.json.WireJson;

/** Collects what this JVM logs while it is open, as JSON. */
public final class TestLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final JsonLogEncoder encoder = new JsonLogEncoder();
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

  public TestLog() {
    encoder.start();
    setContext(ROOT.getLoggerContext());
    start();
    ROOT.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(
        WireJson.read(new String(encoder.encode(event), StandardCharsets.UTF_8), JsonNode.class));
  }

  /** The lines of the loggers whose names end with the text. */
  public List<JsonNode> of(String logger) {
    return lines.stream()
        .filter(line -> line.path("log.logger").asText().endsWith(logger))
        .toList();
  }

  /** The lines about the request with an id. */
  public List<JsonNode> about(String requestId) {
    return of(RequestLog.NAME).stream()
        .filter(line -> line.path(LogFields.REQUEST_ID).asText().equals(requestId))
        .toList();
  }

  @Override
  public void close() {
    ROOT.detachAppender(this);
    stop();
  }
}
