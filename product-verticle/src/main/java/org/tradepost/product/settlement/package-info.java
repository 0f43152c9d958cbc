/**
 * Settles holds: sells, releases or returns the pieces when the fate of an order is known.
 *
 * <p>The order service reports the fate. {@code ExpiredHoldSweep} asks for it when a hold has
 * expired and no report came, so a hold is never released on a timeout alone.
 */
package org.tradepost.product.settlement;
