/** What a node writes into its log, and which request each line belongs to. */
package org.tradepost.platform.telemetry.logging;
