/**
 * Accounts: their emails, names, roles and states.
 *
 * <p>{@code Accounts} serves the holder of an account, {@code Users} serves administrators. The
 * first start creates the first administrator.
 */
package org.tradepost.auth.accounts;
