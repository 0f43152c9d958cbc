package org.tradepost.launcher.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.tradepost.platform.config.Loopback;

/**
 * The options of {@code cluster}.
 *
 * @param counts how many members run each service
 * @param port where the first gateway listens; each other one on the next port
 * @param binaries where PostgreSQL's programs are unpacked to
 * @param empty whether to start without the sample catalogue
 * @param tls whether the members use TLS among themselves
 */
public record ClusterOptions(
    Map<String, Integer> counts, int port, Path data, Path binaries, boolean empty, boolean tls) {

  public int count(String service) {
    return counts.get(service);
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The same with its data in a directory below. */
  public ClusterOptions below(String directory) {
    return new ClusterOptions(counts, port, data.resolve(directory), binaries, empty, tls);
  }

  /** The URL of a gateway; the first has number 0. */
  public URI gateway(int index) {
    return Loopback.url(port + index);
  }
}
