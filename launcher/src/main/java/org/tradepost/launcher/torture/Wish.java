package org.tradepost.launcher.torture;

/** Pieces of a product that a buyer asks for. */
record Wish(String product, int quantity) {}
