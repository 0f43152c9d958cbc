package org.tradepost.peer;

/** An amount in minor units. */
record Money(long amount, String currency) {}
