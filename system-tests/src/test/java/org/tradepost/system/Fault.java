package org.tradepost.system;

import java.util.Set;

/**
 * What breaks, and how it starts and stops.
 *
 * @param name what is broken, as the table calls it
 * @param dependent the requests that cannot be served meanwhile
 */
record Fault(String name, Set<RequestKind> dependent, Runnable start, Runnable stop) {}
