package org.tradepost.launcher.services;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Settings;

/**
 * The ports of their own on which the gateways of one machine serve the console.
 *
 * @param first that of the first gateway, if the operator names one; each other one has the next
 */
public record ConsolePorts(OptionalInt first) {
  private static final String SETTING = "TRADEPOST_CONSOLE";
  private static final int HIGHEST = 65_535;

  /**
   * Those that the operator names.
   *
   * @throws Settings.WrongSetting if what is named is no port
   */
  public static ConsolePorts of(Settings operator) {
    var where = operator.text(SETTING, "on");
    return new ConsolePorts(
        where.equals("on") || where.equals("off")
            ? OptionalInt.empty()
            : OptionalInt.of(operator.integer(SETTING, 0, 1, HIGHEST)));
  }

  /**
   * The setting of one gateway; none if there is no port.
   *
   * @param index how many gateways there are before it
   */
  public Map<String, String> settings(int index) {
    return first.isEmpty() ? Map.of() : Map.of(SETTING, Integer.toString(first.getAsInt() + index));
  }

  /**
   * Reports, before anything is started, that a gateway's port is not available, or is also one of
   * the REST API.
   *
   * @param apiPort where the first gateway serves the REST API; each other one on the next port
   * @param gateways how many there are
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

  /** Reports that the port of one gateway is not available; see {@link #settings}. */
  public void requireFree(String host, int index) {
    if (first.isPresent()) {
      Ports.requireFree(host, first.getAsInt() + index, SETTING);
    }
  }
}
