/**
 * Each service in JVMs of its own on this machine: the subcommands {@code cluster}, {@code scale}
 * and {@code roll}.
 */
package org.tradepost.launcher.cluster;
