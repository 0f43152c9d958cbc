package org.tradepost.gateway.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tradepost.platform.config.Settings;

/**
 * Which services may claim which paths, where the operator says so: a pinned prefix is for the
 * services it is pinned to, and a service that is pinned anywhere may claim nothing else.
 *
 * @param pins one for each pair of service and prefix; none leaves everything to who comes first
 */
public record ReservedPrefixes(List<Pin> pins) {

  public static final ReservedPrefixes NONE = new ReservedPrefixes(List.of());
  private static final String SETTING = "TRADEPOST_FACE_PREFIXES";

  /** A service and a prefix of paths, without a slash at the end. */
  public record Pin(String service, String prefix) {
    private boolean covers(String path) {
      return path.equals(prefix) || path.startsWith(prefix + "/");
    }
  }

  public ReservedPrefixes {
    pins = List.copyOf(pins);
  }

  public static ReservedPrefixes from(Settings settings) {
    var pins = new ArrayList<Pin>();
    for (var pair : settings.list(SETTING)) {
      var parts = pair.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || !parts[1].strip().startsWith("/")) {
        throw new Settings.WrongSetting(
            SETTING, "must be pairs as order=/v1/orders, separated by commas, not " + pair);
      }
      pins.add(new Pin(parts[0].strip(), parts[1].strip().replaceAll("/+$", "")));
    }
    return new ReservedPrefixes(pins);
  }

  /** The services that a path is pinned to. */
  Stream<String> owners(String path) {
    return pins.stream().filter(pin -> pin.covers(path)).map(Pin::service);
  }

  /** Whether a service may claim a path. */
  boolean allow(String service, String path) {
    var covering = pins.stream().filter(pin -> pin.covers(path)).toList();
    return covering.isEmpty()
        ? pins.stream().noneMatch(pin -> pin.service().equals(service))
        : covering.stream().anyMatch(pin -> pin.service().equals(service));
  }
}
