/**
 * What every member of the event bus shares, services and clients alike: nothing in here needs a
 * database, a cluster or a logging backend.
 */
package org.tradepost.common;
