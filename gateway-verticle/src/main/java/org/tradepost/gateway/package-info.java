/**
 * The gateway: the REST API of every service in the cluster.
 *
 * <p>{@code GatewayVerticle} builds the parts and deploys one {@code HttpListener} for each event
 * loop; {@code Routes} lists the handlers a request passes, in order.
 */
package org.tradepost.gateway;
