package org.tradepost.launcher.cluster;

import java.util.Map;
import org.tradepost.platform.config.Loopback;

/**
 * A member of the local cluster before it is started.
 *
 * @param service which service it runs
 * @param name the service and a number
 * @param managementPort where it tells of its health, on loopback
 * @param settings everything it is told
 */
public record MemberPlan(
    String service, String name, int managementPort, Map<String, String> settings) {
  /** What its lines begin with. */
  String label() {
    return "%-10s | ".formatted(name);
  }

  /** Where it tells of its health. */
  public String management() {
    return Loopback.url(managementPort).toString();
  }

  /** Names no setting, for some are passwords. */
  @Override
  public String toString() {
    return "MemberPlan[" + name + "]";
  }
}
