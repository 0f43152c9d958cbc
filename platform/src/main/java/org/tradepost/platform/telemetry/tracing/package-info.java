/** The traces of a node: which spans it makes, and where it sends them. */
package org.tradepost.platform.telemetry.tracing;
