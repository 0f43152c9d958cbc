/**
 * Registration, login and change of a password, with limits on guessing.
 *
 * <p>{@code Credentials} checks an email and a password. Each failure is counted for the account,
 * the address, or both, and {@code LoginThrottle} makes further attempts wait.
 */
package org.tradepost.auth.login;
