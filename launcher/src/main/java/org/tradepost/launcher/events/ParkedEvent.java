package org.tradepost.launcher.events;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * An event that the product service refused too often, so that it waits for an operator.
 *
 * @param number of the event in its order
 * @param age since the order changed
 * @param behind what waits for it in its order, each as its number and type
 */
record ParkedEvent(
    long id,
    UUID orderId,
    int number,
    String type,
    Duration age,
    int attempts,
    List<String> behind) {}
