/** Events of orders that the product service has yet to acknowledge: their delivery and parking. */
package org.tradepost.order.outbox;
