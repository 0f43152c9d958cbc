/** Certificates for TLS on the event bus: the subcommand {@code certificates}. */
package org.tradepost.launcher.certificates;
