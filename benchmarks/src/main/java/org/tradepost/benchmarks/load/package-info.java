/**
 * Load generators: clients, closed and open loops, and the side of a comparison that they load.
 *
 * <p>A closed loop finds the highest rate. An open loop sends by a schedule and counts each latency
 * from the scheduled moment, which avoids coordinated omission.
 */
package org.tradepost.benchmarks.load;
