package org.tradepost.platform.telemetry.metrics;

import java.util.Map;

/**
 * What {@code status} shows of one part of a node.
 *
 * @param kind one of the constants of {@link MetricsSummary}
 * @param name which one of that kind
 * @param values by name; {@code unknown} alone, with the reason, when the part could not be asked
 */
public record NodeMetric(String kind, String name, Map<String, Object> values) {}
