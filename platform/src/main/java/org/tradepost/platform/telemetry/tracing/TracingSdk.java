package org.tradepost.platform.telemetry.tracing;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.ResourceConfiguration;
import io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tradepost.platform.config.Settings;

/** The OpenTelemetry SDK of a node, configured by the standard settings. */
record TracingSdk(OpenTelemetrySdk sdk, TracingLosses losses) {

  private static final List<String> ENDPOINTS =
      List.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_EXPORTER_ZIPKIN_ENDPOINT");
  private static final String MAX_QUEUE_SIZE = "otel.bsp.max.queue.size";
  private static final int STOP_TIMEOUT_SECONDS = 2;

  /** The defaults of the standard settings. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.traces.sampler",
          "parentbased_traceidratio",
          "otel.traces.sampler.arg",
          "0.01",
          "otel.exporter.otlp.protocol",
          "http/protobuf",
          MAX_QUEUE_SIZE,
          "2048",
          "otel.metrics.exporter",
          "none",
          "otel.logs.exporter",
          "none",
          "otel.span.link.count.limit",
          "512",
          // A node has a name, and the SDK warns when its random id is replaced.
          "otel.java.disabled.resource.providers",
          ServiceInstanceIdResourceProvider.class.getName());

  /** Starts the SDK if an endpoint is set. */
  static Optional<TracingSdk> start(Settings settings, String node, String... services) {
    var isOn =
        ENDPOINTS.stream().anyMatch(name -> !settings.text(name, "").isEmpty())
            && !settings.text("OTEL_SDK_DISABLED", "false").equalsIgnoreCase("true");
    return isOn
        ? Optional.of(configure(properties(settings), resource(node, services)))
        : Optional.empty();
  }

  private static TracingSdk configure(Map<String, String> properties, Resource own) {
    TracingLog.redirect();
    var losses = new TracingLosses(maxQueueSize(properties));
    var failures = new TracingFailures();
    try {
      var configured =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> properties)
              .addResourceCustomizer((given, config) -> named(own, config))
              .addSamplerCustomizer((sampler, config) -> failures.recording(sampler))
              .addSpanExporterCustomizer(
                  (exporter, config) -> failures.exportingTo(losses.counting(exporter)))
              .addTracerProviderCustomizer(
                  (provider, config) -> provider.addSpanProcessor(failures))
              .addMeterProviderCustomizer((meters, config) -> meters.registerMetricReader(losses))
              .build();
      return new TracingSdk(configured.getOpenTelemetrySdk(), losses);
    } catch (ConfigurationException wrong) {
      throw new Settings.WrongSetting(
          "A setting that begins with OTEL_", "cannot be used: " + wrong.getMessage());
    }
  }

  private static int maxQueueSize(Map<String, String> properties) {
    try {
      return Integer.parseInt(properties.get(MAX_QUEUE_SIZE));
    } catch (NumberFormatException wrong) {
      throw new Settings.WrongSetting("OTEL_BSP_MAX_QUEUE_SIZE", "is not a number");
    }
  }

  /** Standard settings take precedence over the node's own names, and those over the SDK's. */
  private static Resource named(Resource own, ConfigProperties config) {
    return Resource.getDefault()
        .merge(own)
        .merge(ResourceConfiguration.createEnvironmentResource(config));
  }

  private static Resource resource(String node, String... services) {
    var version = TracingSdk.class.getPackage().getImplementationVersion();
    return Resource.builder()
        .put("service.namespace", "tradepost")
        .put("service.name", services.length == 1 ? services[0] : "tradepost")
        .put("service.instance.id", node)
        .put("service.version", version == null ? "unknown" : version)
        .build();
  }

  /** The settings under the SDK's names. */
  private static Map<String, String> properties(Settings settings) {
    var properties = new HashMap<>(DEFAULTS);
    settings
        .values()
        .forEach(
            (name, value) -> {
              if (name.startsWith(Settings.OPENTELEMETRY)) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
              }
            });
    return properties;
  }

  Tracer tracer() {
    return sdk.getTracer("org.tradepost");
  }

  Future<Void> stop() {
    Promise<Void> stopped = Promise.promise();
    var unused = sdk.shutdown().whenComplete(stopped::tryComplete);
    return stopped.future().timeout(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }
}
