/**
 * The subcommands {@code audit} and {@code torture}: they give the proof module the databases and
 * the cluster that it works on.
 */
package org.tradepost.launcher.proof;
