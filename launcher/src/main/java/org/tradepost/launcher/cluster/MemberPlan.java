package org.tradepost.launcher.cluster;

import java.nio.file.Path;
import java.util.Map;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.platform.config.Loopback;

/**
 * A member of the local cluster before it is started.
 *
 * @param service the service that it runs
 * @param name the service and a number
 * @param managementPort its management port, on loopback
 * @param log the file for its output
 * @param settings all its settings
 */
public record MemberPlan(
    ServiceDescriptor service,
    String name,
    int managementPort,
    Path log,
    Map<String, String> settings) {
  /** The prefix of its output lines. */
  String label() {
    return "%-10s | ".formatted(name);
  }

  /** The URL of its management endpoints. */
  public String management() {
    return Loopback.url(managementPort).toString();
  }

  /** Omits the settings, because some are passwords. */
  @Override
  public String toString() {
    return "MemberPlan[" + name + "]";
  }
}
