package org.tradepost.gateway;

import org.tradepost.gateway.admission.RateLimits;
import org.tradepost.gateway.call.Operations;
import org.tradepost.gateway.docs.Documents;
import org.tradepost.gateway.events.EventRoutes;
import org.tradepost.gateway.http.RequestMetrics;
import org.tradepost.gateway.overload.LoadShedding;

/**
 * What answers requests, in the order in which they are asked.
 *
 * @param requests measures them all
 * @param shedding whether there is too much to do
 * @param rates whether the client has asked too often
 * @param events the events of all services
 * @param documents what the gateway says of itself
 * @param operations everything else, which is for the services
 */
record Routes(
    RequestMetrics requests,
    LoadShedding shedding,
    RateLimits rates,
    EventRoutes events,
    Documents documents,
    Operations operations) {}
