/** The operations of the authentication service. */
package org.tradepost.common.contract.auth;
