package org.tradepost.order;

import org.tradepost.common.contract.order.OrderContract.Order;

/**
 * The outcome of placing an order.
 *
 * @param order the order as it was when placed
 * @param replayed whether an earlier request with the same key had placed it
 */
record PlacementResult(Order order, boolean replayed) {}
