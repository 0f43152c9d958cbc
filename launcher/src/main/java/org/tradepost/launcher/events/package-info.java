/** Parked events of the order service: the subcommand {@code events}. */
package org.tradepost.launcher.events;
