/**
 * HTTP/1.1 connections: invalid requests, timeouts, and closing them when the gateway stops.
 *
 * <p>The only package that uses internal classes of Vert.x.
 */
package org.tradepost.gateway.connection;
