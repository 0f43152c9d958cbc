/**
 * Tells the product service which orders were placed or cancelled: follows the event log, and
 * retries and parks what is rejected.
 */
package org.tradepost.order.relay;
