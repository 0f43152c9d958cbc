package org.tradepost.launcher.services;

import java.util.List;
import java.util.Map;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseUrl;

/** The databases of the services that have one. */
public record Databases(ServiceDatabase auth, ServiceDatabase product, ServiceDatabase orders) {

  /** Whether the operator names servers of their own, even if for one service only. */
  public static boolean areConfigured(Settings settings) {
    return settings.values().keySet().stream()
        .anyMatch(name -> name.matches("TRADEPOST_(AUTH|PRODUCT|ORDER)_DATABASE_.*"));
  }

  /**
   * The databases on servers that the operator names.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  public static Databases configured(Settings settings) {
    return new Databases(
        configured(settings, "AUTH"),
        configured(settings, "PRODUCT"),
        configured(settings, "ORDER"));
  }

  /**
   * The database of one service on a server that the operator names.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  public static ServiceDatabase configured(Settings settings, String service) {
    String prefix = "TRADEPOST_" + service + "_DATABASE_";
    String url = settings.required(prefix + "URL");
    DatabaseUrl.of(prefix + "URL", url);
    return new ServiceDatabase(
        url, settings.required(prefix + "USER"), settings.required(prefix + "PASSWORD"));
  }

  /** All of them. */
  public List<ServiceDatabase> all() {
    return List.of(auth, product, orders);
  }

  /** The settings that open its database to {@code service}; none for one that has no database. */
  public Map<String, String> settingsOf(String service) {
    return switch (service) {
      case "auth" -> auth.settings();
      case "product" -> product.settings();
      case "order" -> orders.settings();
      default -> Map.of();
    };
  }
}
