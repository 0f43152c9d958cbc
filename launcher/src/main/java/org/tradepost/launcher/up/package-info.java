/** All services in one JVM: the subcommand {@code up}. */
package org.tradepost.launcher.up;
