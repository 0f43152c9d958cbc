package org.tradepost.launcher.up;

import java.net.URI;
import java.nio.file.Path;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;

/**
 * The options of {@code up}.
 *
 * @param services what to run; services that were built elsewhere run in JVMs of their own
 * @param host the address that the REST API listens on; everything else stays on loopback
 * @param managementPort the management port; 0 for any free port
 * @param binaries the directory for PostgreSQL's programs
 * @param empty whether to start without the sample catalogue
 */
record UpOptions(
    Services services,
    String host,
    int port,
    int managementPort,
    Path data,
    Path binaries,
    boolean empty) {

  /** The URL of the REST API on this machine. */
  URI url() {
    var everywhere = host.equals("0.0.0.0") || host.equals("::");
    return everywhere
        ? Loopback.url(port)
        : URI.create("http://" + HostName.beforePort(host).replace("%", "%25") + ":" + port);
  }
}
