package org.tradepost.common.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the authentication service lets the others know, so that they can verify users' tokens
 * without asking.
 *
 * @param keys the public signing keys, as JWK (RFC 7517)
 * @param revokedSessions sessions that ended before the last of their access tokens does
 */
public record Trust(List<JsonNode> keys, List<String> revokedSessions) {}
