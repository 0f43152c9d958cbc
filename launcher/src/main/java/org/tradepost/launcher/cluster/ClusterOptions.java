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
 * @param services what to run, and with how many members each
 * @param port the port of the first gateway; each further gateway uses the next
 * @param binaries the directory for PostgreSQL's programs
 * @param empty whether to start without the sample catalogue
 * @param tls whether the members use TLS between each other
 */
public record ClusterOptions(
    Services services, int port, Path data, Path binaries, boolean empty, boolean tls) {

  int total() {
    return services.all().stream().mapToInt(ServiceDescriptor::instances).sum();
  }

  /** A copy with its data in a subdirectory. */
  public ClusterOptions inSubdirectory(String directory) {
    return new ClusterOptions(services, port, data.resolve(directory), binaries, empty, tls);
  }

  /** The URL of each gateway. */
  public List<URI> gateways() {
    return IntStream.range(0, services.gateway().instances())
        .mapToObj(index -> Loopback.url(port + index))
        .toList();
  }
}
