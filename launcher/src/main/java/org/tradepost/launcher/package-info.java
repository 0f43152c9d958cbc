/**
 * The {@code tradepost} command: names every subcommand and runs the one that was asked for.
 *
 * <p>Each subcommand is in the package of what it is about. What they all use is in {@code cli}.
 */
package org.tradepost.launcher;
