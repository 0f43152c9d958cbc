package org.tradepost.proof.torture.load;

/** Pieces of a product that a buyer asks for. */
public record RequestedLine(String product, int quantity) {}
