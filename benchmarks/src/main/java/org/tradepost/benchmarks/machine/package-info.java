/** The machine: processes, their processor time and memory, ports, and waiting for them. */
package org.tradepost.benchmarks.machine;
