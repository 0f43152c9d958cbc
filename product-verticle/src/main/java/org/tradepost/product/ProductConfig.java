package org.tradepost.product;

import java.time.Duration;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.product.retention.RetentionConfig;

/**
 * The settings of the product service.
 *
 * @param database the service's own database, with the catalogue and the stock
 * @param holdLifetime how long until a hold expires and the product service asks for the fate of
 *     its order
 * @param retention for how many days finished data is kept
 */
public record ProductConfig(
    DatabaseConfig database, Duration holdLifetime, RetentionConfig retention) {

  /**
   * Reads the settings of the service.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or invalid
   */
  public static ProductConfig from(Settings settings) {
    return new ProductConfig(
        DatabaseConfig.from(settings),
        settings.seconds("TRADEPOST_HOLD_SECONDS", 60, 1, 3_600),
        RetentionConfig.from(settings));
  }
}
