package org.tradepost.gateway.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tradepost.platform.config.Settings;

/**
 * Which services may own which paths, if the operator reserves some: only the services for which a
 * prefix is reserved may own paths below it, and they may own no other paths.
 *
 * @param reservations one for each pair of service and prefix; without any, the first service to
 *     use a path owns it
 */
public record ReservedPrefixes(List<Reservation> reservations) {

  public static final ReservedPrefixes NONE = new ReservedPrefixes(List.of());
  private static final String SETTING = "TRADEPOST_RESERVED_PREFIXES";

  /** A service and a prefix of paths, without a slash at the end. */
  public record Reservation(String service, String prefix) {
    private boolean covers(String path) {
      return path.equals(prefix) || path.startsWith(prefix + "/");
    }
  }

  public ReservedPrefixes {
    reservations = List.copyOf(reservations);
  }

  public static ReservedPrefixes from(Settings settings) {
    var reservations = new ArrayList<Reservation>();
    for (var pair : settings.list(SETTING)) {
      var parts = pair.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || !parts[1].strip().startsWith("/")) {
        throw new Settings.WrongSetting(
            SETTING, "must be pairs as order=/v1/orders, separated by commas, not " + pair);
      }
      reservations.add(new Reservation(parts[0].strip(), parts[1].strip().replaceAll("/+$", "")));
    }
    return new ReservedPrefixes(reservations);
  }

  /** Returns the services for which a path is reserved. */
  Stream<String> owners(String path) {
    return reservations.stream()
        .filter(reservation -> reservation.covers(path))
        .map(Reservation::service);
  }

  /** Whether a service may own a path. */
  boolean allow(String service, String path) {
    var covering = reservations.stream().filter(reservation -> reservation.covers(path)).toList();
    return covering.isEmpty()
        ? reservations.stream().noneMatch(reservation -> reservation.service().equals(service))
        : covering.stream().anyMatch(reservation -> reservation.service().equals(service));
  }
}
