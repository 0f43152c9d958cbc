/**
 * The jobs: each measures one thing and compares it with a reference.
 *
 * <p>{@code Jobs} lists them by name.
 */
package org.tradepost.benchmarks.jobs;
