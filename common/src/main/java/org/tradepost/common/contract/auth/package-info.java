/** The operations of the authentication service: sessions and tokens, and accounts. */
package org.tradepost.common.contract.auth;
