package org.tradepost.common.events;

/**
 * Asks for events of one service.
 *
 * @param after the cursor of an event or a page, {@link #LATEST} for events from now on, or null
 *     for the oldest that are kept
 * @param limit the most events of one page, 1 to {@link #MAX_LIMIT}; null means 20
 * @param type only events of this type, or null for all
 */
public record ReadEvents(String after, Integer limit, String type) {

  public static final String LATEST = "latest";

  public static final int MAX_LIMIT = 500;

  private static final int DEFAULT_LIMIT = 20;

  public ReadEvents {
    limit = limit == null ? Integer.valueOf(DEFAULT_LIMIT) : limit;
  }
}
