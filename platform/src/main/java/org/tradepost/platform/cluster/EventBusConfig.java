package org.tradepost.platform.cluster;

import io.vertx.core.eventbus.EventBusOptions;
import java.util.Optional;
import org.tradepost.platform.config.Settings;

/**
 * How a node takes part in the event bus.
 *
 * @param host the address that it listens on
 * @param publicHost the address at which other nodes reach it
 * @param port its port, for both; 0 takes any free one
 * @param tls empty to send messages unencrypted
 */
public record EventBusConfig(String host, String publicHost, int port, Optional<BusTls> tls) {

  static final String PORT = "TRADEPOST_EVENTBUS_PORT";

  static EventBusConfig from(Settings settings, String host, String publicHost) {
    var port = settings.port(PORT, 0);
    if (port == 0 && !publicHost.equals(host)) {
      throw new Settings.WrongSetting(PORT, "must be set with TRADEPOST_PUBLIC_HOST");
    }
    return new EventBusConfig(host, publicHost, port, BusTls.from(settings));
  }

  public EventBusOptions options() {
    var options =
        new EventBusOptions()
            .setHost(host)
            .setClusterPublicHost(publicHost)
            .setPort(port)
            .setConnectTimeout(2_000)
            .setClusterPingInterval(5_000)
            .setClusterPingReplyInterval(5_000);
    tls.ifPresent(present -> present.applyTo(options));
    return options;
  }
}
