package org.tradepost.proof.torture.load;

/** Pieces of a product that a buyer requests. */
public record RequestedLine(String product, int quantity) {}
