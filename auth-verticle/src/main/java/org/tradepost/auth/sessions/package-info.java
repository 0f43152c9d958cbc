/**
 * Sessions, and the tokens and signing keys that prove them.
 *
 * <p>A login opens a session. Its refresh token is rotated on each use, its access tokens are
 * signed with a key that all instances share. {@code TrustPublisher} gives every service the public
 * keys and the revoked sessions, so that it verifies tokens by itself.
 */
package org.tradepost.auth.sessions;
