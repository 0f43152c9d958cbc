/**
 * What the members of a running Tradepost have logged, merged by time: the subcommand {@code logs}.
 */
package org.tradepost.launcher.logs;
