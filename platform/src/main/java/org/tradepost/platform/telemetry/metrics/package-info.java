/** What a node measures of itself: metrics for Prometheus, from which {@code status} draws too. */
package org.tradepost.platform.telemetry.metrics;
