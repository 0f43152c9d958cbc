package org.tradepost.gateway.events;

import java.util.List;
import java.util.Map;

/**
 * One page of each service.
 *
 * @param pages by service
 * @param unavailable the services that could not be asked
 */
record EventRound(Map<String, EventBatch> pages, List<String> unavailable) {}
