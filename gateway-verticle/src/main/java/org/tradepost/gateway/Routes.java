package org.tradepost.gateway;

import org.tradepost.gateway.admission.RateLimits;
import org.tradepost.gateway.call.Operations;
import org.tradepost.gateway.console.ClusterRoute;
import org.tradepost.gateway.console.CommandRoute;
import org.tradepost.gateway.console.ConsoleHandler;
import org.tradepost.gateway.docs.Documents;
import org.tradepost.gateway.events.EventRoutes;
import org.tradepost.gateway.http.AccessLog;
import org.tradepost.gateway.http.RequestMetrics;
import org.tradepost.gateway.overload.LoadShedding;

/**
 * What answers requests, in the order in which they are asked.
 *
 * @param accessLog which requests are logged
 * @param requests measures them all
 * @param shedding whether there is too much to do
 * @param rates whether the client has asked too often
 * @param events the events of all services
 * @param cluster the state of the cluster
 * @param commands what breaks a local cluster on purpose
 * @param console the console, on the port where it is served
 * @param documents what the gateway says of itself
 * @param operations everything else, which is for the services
 */
record Routes(
    AccessLog accessLog,
    RequestMetrics requests,
    LoadShedding shedding,
    RateLimits rates,
    EventRoutes events,
    ClusterRoute cluster,
    CommandRoute commands,
    ConsoleHandler console,
    Documents documents,
    Operations operations) {}
