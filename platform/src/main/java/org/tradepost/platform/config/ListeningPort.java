package org.tradepost.platform.config;

import io.vertx.core.Future;
import java.net.BindException;
import java.util.List;
import java.util.Locale;

/**
 * Where a server of this node listens.
 *
 * @param setting the setting of the port
 * @param port 0 for any free one
 */
public record ListeningPort(String setting, String host, int port) {

  /**
   * Checks that no two are the same: Vert.x would let both servers listen and split the connections
   * between them.
   *
   * @throws Settings.WrongSetting naming first the one that is later in the list
   */
  public static void requireDistinct(List<ListeningPort> all) {
    for (var later = 1; later < all.size(); later++) {
      for (var earlier : all.subList(0, later)) {
        all.get(later).requireOther(earlier);
      }
    }
  }

  /** The failure of a server to listen; names the address if it cannot be bound. */
  public static <T> Future<T> cannotListen(String host, int port, Throwable failure) {
    if (!(failure instanceof BindException)) {
      return Future.failedFuture(failure);
    }
    var where =
        String.format(Locale.ROOT, "cannot listen at %s:%d: ", HostName.beforePort(host), port);
    return Future.failedFuture(new BindException(where + failure.getMessage()));
  }

  private void requireOther(ListeningPort other) {
    if (port != 0 && port == other.port && host.equals(other.host)) {
      throw new Settings.WrongSetting(setting, "must be another port than " + other.setting);
    }
  }
}
