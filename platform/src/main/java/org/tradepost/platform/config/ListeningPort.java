package org.tradepost.platform.config;

import java.util.List;

/**
 * Where a server of this node listens.
 *
 * @param setting the setting of the port
 * @param port 0 for any free one
 */
public record ListeningPort(String setting, String host, int port) {

  /**
   * Refuses two that are the same: Vert.x would let both servers listen, and give each a part of
   * the connections.
   *
   * @throws Settings.WrongSetting naming the later one of the list first
   */
  public static void requireDistinct(List<ListeningPort> all) {
    for (var later = 1; later < all.size(); later++) {
      for (var earlier : all.subList(0, later)) {
        all.get(later).requireOther(earlier);
      }
    }
  }

  private void requireOther(ListeningPort other) {
    if (port != 0 && port == other.port && host.equals(other.host)) {
      throw new Settings.WrongSetting(setting, "must be another port than " + other.setting);
    }
  }
}
