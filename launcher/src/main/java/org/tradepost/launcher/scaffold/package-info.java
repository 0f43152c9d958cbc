/** The Maven project of a new service, made from templates: the subcommand {@code new-service}. */
package org.tradepost.launcher.scaffold;
