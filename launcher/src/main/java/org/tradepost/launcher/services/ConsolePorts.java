package org.tradepost.launcher.services;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Settings;

/**
 * The separate ports, if any, on which the gateways of one machine serve the console.
 *
 * @param first the first gateway's port, if the operator sets one; each further gateway uses the
 *     next
 */
public record ConsolePorts(OptionalInt first) {
  private static final String SETTING = "TRADEPOST_CONSOLE";

  /**
   * Reads the ports from the operator's settings.
   *
   * @throws Settings.WrongSetting if the setting is neither a port nor {@code on} or {@code off}
   */
  public static ConsolePorts of(Settings operator) {
    var where = operator.text(SETTING, "on");
    return new ConsolePorts(
        where.equals("on") || where.equals("off")
            ? OptionalInt.empty()
            : OptionalInt.of(operator.integer(SETTING, 0, 1, Ports.MAX_PORT)));
  }

  /**
   * The setting for one gateway; empty if it has no separate port.
   *
   * @param index the number of gateways before it
   */
  public Map<String, String> settings(int index) {
    return first.isEmpty() ? Map.of() : Map.of(SETTING, Integer.toString(first.getAsInt() + index));
  }

  /**
   * Checks, before anything is started, that each port is available and is not one of the REST API.
   *
   * @param apiPort the first gateway's port of the REST API; each further gateway uses the next
   * @param gateways the number of gateways
   */
  public void requireFree(String host, int apiPort, int gateways) {
    if (first.isPresent() && Math.abs(first.getAsInt() - apiPort) < gateways) {
      throw new Settings.WrongSetting(
          SETTING,
          String.format(
              Locale.ROOT,
              "must differ from --port (%d) by at least the number of gateways, %d",
              apiPort,
              gateways));
    }
    for (var index = 0; index < gateways; index++) {
      requireFree(host, index);
    }
  }

  /** Checks that the port of one gateway is available; for the index see {@link #settings}. */
  public void requireFree(String host, int index) {
    if (first.isPresent()) {
      Ports.requireFree(host, first.getAsInt() + index, SETTING);
    }
  }
}
