package org.tradepost.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;

/**
 * What a management port shows to Prometheus; checked to contain no secret.
 *
 * @param type the content type
 * @param text the whole page
 */
public record ExposedMetrics(String type, String text) {

  public static final String PLAIN = "text/plain";
  public static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The metrics of a node in this JVM. */
  public static ExposedMetrics of(ClusterNode node) {
    return of(Loopback.url(node.health().port()).toString(), PLAIN);
  }

  /**
   * What a management port shows in one of the formats.
   *
   * @param management the URL of a management port
   * @param accept the requested format
   */
  public static ExposedMetrics of(String management, String accept) {
    var request =
        HttpRequest.newBuilder(URI.create(management + "/metrics"))
            .header("Accept", accept)
            .build();
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(response + " " + response.body());
      }
      SecretScan.requireNone("metrics", response.body());
      return new ExposedMetrics(
          response.headers().firstValue("content-type").orElse(""), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The value of each series, by name and labels as written. */
  public Map<String, Double> series() {
    var series = new TreeMap<String, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst(" # .*", ""))
        .forEach(
            line -> {
              var end = line.lastIndexOf(' ');
              series.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
    return series;
  }

  /** The value of one series; NaN when there is none. */
  public double value(String name) {
    return series().getOrDefault(name, Double.NaN);
  }
}
