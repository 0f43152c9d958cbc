/**
 * What an operator can ask a running cluster, or change for a service: the subcommands {@code
 * status} and {@code services}.
 */
package org.tradepost.launcher.status;
