package org.tradepost.product.retention;

import org.tradepost.platform.config.Settings;

/**
 * How many days what is over is kept; 0 is for good.
 *
 * @param eventDays events, but for the last one of each product
 * @param holdDays the lines of holds that are settled for good
 * @param keyDays the idempotency keys of stock adjustments
 */
public record RetentionConfig(int eventDays, int holdDays, int keyDays) {

  private static final int MOST = 36_500;

  public static RetentionConfig from(Settings settings) {
    return new RetentionConfig(
        settings.integer("TRADEPOST_EVENT_DAYS", 0, 0, MOST),
        settings.integer("TRADEPOST_HOLD_DAYS", 30, 0, MOST),
        settings.integer("TRADEPOST_KEY_DAYS", 30, 0, MOST));
  }
}
