package org.tradepost.order;

import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseConfig;

/**
 * The settings of the order service.
 *
 * @param database its own database
 * @param settleTries how often the product service may reject an event before it is parked
 * @param eventDays for how many days the events of a finished order are kept; 0 keeps them forever
 */
public record OrderConfig(DatabaseConfig database, int settleTries, int eventDays) {

  /**
   * Reads the settings of the service.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  public static OrderConfig from(Settings settings) {
    return new OrderConfig(
        DatabaseConfig.from(settings),
        settings.integer("TRADEPOST_SETTLE_TRIES", 12, 1, 1_000),
        settings.integer("TRADEPOST_EVENT_DAYS", 0, 0, 36_500));
  }
}
