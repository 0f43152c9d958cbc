package org.tradepost.launcher;

import java.util.Map;
import org.tradepost.common.runtime.Loopback;

/**
 * A member of the local cluster before it is started.
 *
 * @param service which service it runs
 * @param name the service and a number
 * @param managementPort where it tells of its health, on loopback
 * @param settings everything it is told
 */
record MemberPlan(String service, String name, int managementPort, Map<String, String> settings) {
  /** What its lines begin with. */
  String label() {
    return "%-10s | ".formatted(name);
  }

  /** Where it tells of its health. */
  String management() {
    return Loopback.url(managementPort).toString();
  }

  /** Names no setting, for some are passwords. */
  @Override
  public String toString() {
    return "MemberPlan[" + name + "]";
  }
}
