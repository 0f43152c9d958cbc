package org.tradepost.common.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the authentication service tells the others, so that they can verify users' tokens without
 * asking it.
 *
 * @param keys the public signing keys, as JWK (RFC 7517)
 * @param revokedSessions ended sessions whose access tokens have not all expired
 */
public record Trust(List<JsonNode> keys, List<String> revokedSessions) {}
