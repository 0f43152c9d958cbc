package org.tradepost.platform.telemetry.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the metrics of a node to Prometheus, in the OpenMetrics format, which has exemplars, if
 * the client asks for it.
 */
public final class MetricsPage implements Handler<HttpServerRequest> {

  private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);

  private final Vertx vertx;
  private final Metrics metrics;
  private final ExpositionFormats formats = ExpositionFormats.init();

  public MetricsPage(Vertx vertx, Metrics metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var response = request.response();
    var format = formats.findWriter(request.getHeader(HttpHeaders.ACCEPT));
    metrics
        .refresh()
        // Writing several thousand lines would block an event loop.
        .compose(done -> vertx.executeBlocking(() -> page(format), false))
        .onSuccess(
            page -> response.putHeader(HttpHeaders.CONTENT_TYPE, format.getContentType()).end(page))
        .onFailure(
            failure -> {
              log.warn("the metrics cannot be shown", failure);
              response.setStatusCode(500).end();
            });
  }

  private Buffer page(ExpositionFormatWriter format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    format.write(bytes, metrics.exposed().scrape());
    return Buffer.buffer(bytes.toByteArray());
  }
}
