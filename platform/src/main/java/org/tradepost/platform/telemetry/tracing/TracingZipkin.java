package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.json.WireJson;

/**
 * Sends spans to Zipkin, which does not accept OTLP. The SDK finds this class by the name in {@code
 * OTEL_TRACES_EXPORTER}.
 */
public final class TracingZipkin implements ConfigurableSpanExporterProvider {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(TracingZipkin.class);

  @Override
  public String getName() {
    return "zipkin";
  }

  @Override
  public SpanExporter createExporter(ConfigProperties config) {
    var endpoint = URI.create(config.getString("otel.exporter.zipkin.endpoint", ""));
    return new Exporter(HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).build());
  }

  /**
   * Sends spans; logs only the first of consecutive failures.
   *
   * @param failing whether the last spans could not be sent
   */
  private record Exporter(HttpClient client, HttpRequest endpoint, AtomicBoolean failing)
      implements SpanExporter {

    Exporter(HttpRequest endpoint) {
      this(HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), endpoint, new AtomicBoolean());
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      var result = new CompletableResultCode();
      var body = WireJson.writeText(spans.stream().map(TracingZipkinSpan::of).toList());
      var request =
          HttpRequest.newBuilder(endpoint, (name, value) -> true)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      var unused =
          client
              .sendAsync(request, BodyHandlers.discarding())
              .whenComplete((response, failure) -> end(result, response, failure));
      return result;
    }

    private void end(CompletableResultCode result, HttpResponse<?> response, Throwable failure) {
      if (response != null && response.statusCode() / 100 == 2) {
        failing.set(false);
        result.succeed();
        return;
      }
      if (failing.compareAndSet(false, true)) {
        log.warn(
            "Zipkin does not take spans: {}",
            response == null ? failure.toString() : "status " + response.statusCode());
      }
      result.fail();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
