package org.tradepost.product.catalogue;

import java.util.Map;
import java.util.UUID;
import org.tradepost.common.contract.product.Money;

/** A product to be created. */
record NewProduct(
    UUID id,
    String sku,
    String name,
    String description,
    String category,
    Money price,
    Map<String, String> attributes,
    long initialStock) {}
