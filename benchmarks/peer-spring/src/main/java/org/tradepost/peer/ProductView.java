package org.tradepost.peer;

import java.util.UUID;

/** A product as clients see it. */
record ProductView(
    UUID id,
    String sku,
    String name,
    String description,
    String category,
    Money price,
    long available) {}
