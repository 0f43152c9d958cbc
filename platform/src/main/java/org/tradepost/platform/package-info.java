/**
 * How a service is built and run: its settings, its database, its place in the cluster, its health.
 */
package org.tradepost.platform;
