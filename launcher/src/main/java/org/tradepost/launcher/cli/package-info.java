/**
 * What every subcommand is built from: terminal output, failures, waiting, shutdown and the log
 * file.
 */
package org.tradepost.launcher.cli;
