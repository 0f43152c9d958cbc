package org.tradepost.platform.telemetry.metrics;

import java.util.Map;

/**
 * What {@code status} shows about one part of a node.
 *
 * @param kind one of the constants of {@link MetricsSummary}
 * @param name which part of that kind
 * @param values by name; only {@code unknown}, with the reason, when the part could not be asked
 */
public record NodeMetric(String kind, String name, Map<String, Object> values) {}
