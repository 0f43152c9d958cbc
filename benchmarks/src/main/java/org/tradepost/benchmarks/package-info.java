/** Measures Tradepost from outside: the command, which runs jobs one after another. */
package org.tradepost.benchmarks;
