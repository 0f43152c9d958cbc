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
 * What a request passes through, in this order.
 *
 * @param accessLog chooses the requests that are logged
 * @param requests measures all requests
 * @param shedding rejects requests for which their service has no room
 * @param rates rejects requests of clients that exceed the rate limit
 * @param own the operations of the gateway itself, by address
 * @param streams the open event streams
 * @param console serves the console, on the port that has it
 * @param documents serves the documents of the gateway
 * @param operations passes all other requests to the services
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
