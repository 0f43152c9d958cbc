package org.tradepost.launcher.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Loopback;

/**
 * The options of {@code cluster}.
 *
 * @param services what runs, and how many members run each
 * @param port where the first gateway listens; each other one on the next port
 * @param binaries where PostgreSQL's programs are unpacked to
 * @param empty whether to start without the sample catalogue
 * @param tls whether the members use TLS among themselves
 */
public record ClusterOptions(
    Services services, int port, Path data, Path binaries, boolean empty, boolean tls) {

  int total() {
    return services.all().stream().mapToInt(ServiceDescriptor::instances).sum();
  }

  /** The same with its data in a directory below. */
  public ClusterOptions below(String directory) {
    return new ClusterOptions(services, port, data.resolve(directory), binaries, empty, tls);
  }

  /** The URL of each gateway. */
  public List<URI> gateways() {
    return IntStream.range(0, services.gateway().instances())
        .mapToObj(index -> Loopback.url(port + index))
        .toList();
  }
}
