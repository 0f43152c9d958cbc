/** The console in the browser: its files, and the state of the cluster that it shows. */
package org.tradepost.gateway.console;
