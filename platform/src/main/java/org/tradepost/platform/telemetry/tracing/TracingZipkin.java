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
import org.tradepost.common.json.WireJson;

/**
 * Sends spans to Zipkin, which takes no OTLP; the SDK finds it by the name in {@code
 * OTEL_TRACES_EXPORTER}.
 */
public final class TracingZipkin implements ConfigurableSpanExporterProvider {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String getName() {
    return "zipkin";
  }

  @Override
  public SpanExporter createExporter(ConfigProperties config) {
    var endpoint = URI.create(config.getString("otel.exporter.zipkin.endpoint", ""));
    return new Exporter(HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).build());
  }

  private record Exporter(HttpClient client, HttpRequest endpoint) implements SpanExporter {

    Exporter(HttpRequest endpoint) {
      this(HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), endpoint);
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
              .whenComplete((response, failure) -> end(result, response));
      return result;
    }

    private static void end(CompletableResultCode result, HttpResponse<?> response) {
      if (response != null && response.statusCode() / 100 == 2) {
        result.succeed();
      } else {
        result.fail();
      }
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
