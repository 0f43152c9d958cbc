package org.tradepost.peer;

import java.util.List;

/** Some of a list. */
record Page<T>(List<T> items) {}
