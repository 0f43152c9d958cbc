package org.tradepost.proof.torture.load;

/** The pieces of a product that a buyer requests. */
public record RequestedLine(String product, int quantity) {}
