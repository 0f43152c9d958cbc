package org.tradepost.product.retention;

import org.tradepost.platform.config.Settings;

/**
 * For how many days finished data is kept; 0 keeps it forever.
 *
 * @param eventDays events, except the last of each product
 * @param holdDays the lines of holds that can no longer change
 * @param keyDays the idempotency keys of stock adjustments
 */
public record RetentionConfig(int eventDays, int holdDays, int keyDays) {

  private static final int MAX_DAYS = 36_500;

  public static RetentionConfig from(Settings settings) {
    return new RetentionConfig(
        settings.integer("TRADEPOST_EVENT_DAYS", 0, 0, MAX_DAYS),
        settings.integer("TRADEPOST_HOLD_DAYS", 30, 0, MAX_DAYS),
        settings.integer("TRADEPOST_KEY_DAYS", 30, 0, MAX_DAYS));
  }
}
