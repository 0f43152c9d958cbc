package org.tradepost.gateway;

import java.util.Map;
import org.tradepost.gateway.admission.RateLimits;
import org.tradepost.gateway.call.Operations;
import org.tradepost.gateway.console.ConsoleHandler;
import org.tradepost.gateway.docs.Documents;
import org.tradepost.gateway.events.EventStreams;
import org.tradepost.gateway.http.AccessLog;
import org.tradepost.gateway.http.RequestMetrics;
import org.tradepost.gateway.overload.LoadShedding;
import org.tradepost.gateway.routing.GatewayDescription;

/**
 * What answers requests, in the order in which they are asked.
 *
 * @param accessLog which requests are logged
 * @param requests measures them all
 * @param shedding whether there is too much to do
 * @param rates whether the client has asked too often
 * @param own the operations of the gateway itself, by address
 * @param streams the streams of events
 * @param console the console, on the port where it is served
 * @param documents what the gateway says of itself
 * @param operations everything else, which is for the services
 */
record Routes(
    AccessLog accessLog,
    RequestMetrics requests,
    LoadShedding shedding,
    RateLimits rates,
    Map<String, GatewayDescription.Operation> own,
    EventStreams streams,
    ConsoleHandler console,
    Documents documents,
    Operations operations) {}
