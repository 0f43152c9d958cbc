/**
 * Pieces on hand, and holds on them for orders.
 *
 * <p>A hold reserves stock until the fate of its order is known. {@code HoldAllocation} decides a
 * batch of holds, {@code HoldRepository} writes it. The package {@code settlement} ends holds.
 */
package org.tradepost.product.stock;
