package org.tradepost.launcher.up;

import java.net.URI;
import java.nio.file.Path;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;

/**
 * What {@code up} was asked for.
 *
 * @param services what runs; those that were built elsewhere in JVMs of their own
 * @param host the address that the REST API listens on; everything else stays on loopback
 * @param managementPort where health is served; 0 for any free port
 * @param binaries where PostgreSQL's programs are unpacked to
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

  /** Where the REST API is reached from this machine. */
  URI url() {
    var everywhere = host.equals("0.0.0.0") || host.equals("::");
    return everywhere
        ? Loopback.url(port)
        : URI.create("http://" + HostName.beforePort(host).replace("%", "%25") + ":" + port);
  }
}
