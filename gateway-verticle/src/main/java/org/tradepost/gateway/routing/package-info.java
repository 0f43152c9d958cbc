/**
 * Which operation a path leads to, from the API descriptions of the services in the cluster.
 *
 * <p>{@code ServiceRegistry} reads the descriptions, {@code PathOwnership} decides which service
 * owns a path, {@code RoutingSnapshot} is the routing snapshot that requests use.
 */
package org.tradepost.gateway.routing;
