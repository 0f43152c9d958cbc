package org.tradepost.product;

import java.time.Duration;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.product.retention.RetentionConfig;

/**
 * What the product service is told by its operator.
 *
 * @param database where catalogue and stock are
 * @param holdLifetime after which product asks what became of a held order
 * @param retention how long what is over is kept
 */
public record ProductConfig(
    DatabaseConfig database, Duration holdLifetime, RetentionConfig retention) {

  /**
   * Reads the settings.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static ProductConfig from(Settings settings) {
    return new ProductConfig(
        DatabaseConfig.from(settings),
        settings.seconds("TRADEPOST_HOLD_SECONDS", 60, 1, 3_600),
        RetentionConfig.from(settings));
  }
}
