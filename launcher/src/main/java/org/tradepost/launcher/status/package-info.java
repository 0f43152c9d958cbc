/**
 * What an operator can ask of a running cluster, or tell it about a service: the subcommands {@code
 * status} and {@code services}.
 */
package org.tradepost.launcher.status;
