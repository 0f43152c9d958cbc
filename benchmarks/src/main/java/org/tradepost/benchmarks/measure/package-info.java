/**
 * How measurements are made and compared: sides, rounds, samples, series and goals.
 *
 * <p>{@code Rounds} measures its sides in turns, so that noise of the machine affects all of them.
 */
package org.tradepost.benchmarks.measure;
