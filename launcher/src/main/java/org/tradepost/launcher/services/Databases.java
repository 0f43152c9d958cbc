package org.tradepost.launcher.services;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseUrl;

/**
 * The databases of the services that have one.
 *
 * @param byService by the name of the service
 */
public record Databases(Map<String, ServiceDatabase> byService) {
  private static final Pattern CONNECTION_SETTING =
      Pattern.compile("TRADEPOST_(.+_)?DATABASE_(URL|USER|PASSWORD)");

  /** Finds the database of each service that has one. */
  public static Databases of(
      Services services, Function<ServiceDescriptor, ServiceDatabase> database) {
    var found = new LinkedHashMap<String, ServiceDatabase>();
    services.withDatabase().forEach(service -> found.put(service.name(), database.apply(service)));
    return new Databases(found);
  }

  /** Whether the operator's settings name a database, even if for one service only. */
  public static boolean areConfigured(Settings settings, Services services) {
    return services.withDatabase().stream()
        .map(ServiceDescriptor::databaseSettings)
        .anyMatch(
            prefix ->
                settings.values().keySet().stream().anyMatch(name -> name.startsWith(prefix)));
  }

  /** Whether a setting is the URL, the user or the password of a database. */
  public static boolean isConnectionSetting(String setting) {
    return CONNECTION_SETTING.matcher(setting).matches();
  }

  /**
   * The database of one service on a server that the operator names.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  public static ServiceDatabase configured(Settings settings, ServiceDescriptor service) {
    var prefix = service.databaseSettings();
    var url = settings.required(prefix + "URL");
    DatabaseUrl.of(prefix + "URL", url);
    return new ServiceDatabase(
        url, settings.required(prefix + "USER"), settings.required(prefix + "PASSWORD"));
  }

  /** The database of a service that has one. */
  public ServiceDatabase of(String service) {
    return byService.get(service);
  }

  /** The settings with which a service opens its database; empty if it has none. */
  public Map<String, String> settingsOf(ServiceDescriptor service) {
    return service.database() ? of(service.name()).settings() : Map.of();
  }
}
