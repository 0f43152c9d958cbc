package org.tradepost.gateway.events;

import java.util.List;
import java.util.Map;

/**
 * One page of each service.
 *
 * @param pages by service
 * @param away the services that could not be asked
 */
record EventRound(Map<String, EventBatch> pages, List<String> away) {}
