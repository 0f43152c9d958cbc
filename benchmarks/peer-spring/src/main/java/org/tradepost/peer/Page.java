package org.tradepost.peer;

import java.util.List;

/** A page of a list. */
record Page<T>(List<T> items) {}
