package org.tradepost.auth.sessions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The content of the next tokens of a session.
 *
 * @param session the session's id
 * @param account the account's id
 * @param roles the roles of the account
 * @param at when it was granted, by the database's clock
 */
record Grant(UUID session, UUID account, List<String> roles, Instant at) {}
