package org.tradepost.product.stock;

import java.util.UUID;
import org.tradepost.common.contract.product.Money;

/**
 * A product as a hold meets it, its stock being locked.
 *
 * @param available pieces that nobody has reserved
 */
record LockedProduct(
    UUID productId, String sku, String name, boolean archived, Money price, long available) {}
