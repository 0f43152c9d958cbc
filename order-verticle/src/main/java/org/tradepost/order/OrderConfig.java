package org.tradepost.order;

import org.tradepost.common.runtime.DatabaseConfig;
import org.tradepost.common.runtime.Settings;

/**
 * What the operator sets for the order service.
 *
 * @param database its own database
 */
public record OrderConfig(DatabaseConfig database) {

  /**
   * Reads the settings.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  public static OrderConfig from(Settings settings) {
    return new OrderConfig(DatabaseConfig.from(settings));
  }
}
