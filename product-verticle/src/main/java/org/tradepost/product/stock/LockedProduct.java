package org.tradepost.product.stock;

import java.util.UUID;
import org.tradepost.common.contract.product.Money;

/**
 * A product whose stock row is locked.
 *
 * @param available pieces that are not reserved
 */
record LockedProduct(
    UUID productId, String sku, String name, boolean archived, Money price, long available) {}
