/**
 * The embedded PostgreSQL: unpacks it, starts and stops it, and creates the databases and roles of
 * the services.
 */
package org.tradepost.launcher.postgres;
