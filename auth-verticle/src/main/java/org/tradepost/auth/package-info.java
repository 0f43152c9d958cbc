/** The authentication service: how it is started and configured, and its table of operations. */
package org.tradepost.auth;
