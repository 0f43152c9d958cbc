/** Orders: placing them, their way to the customer, their events, and what became of them. */
package org.tradepost.order;
