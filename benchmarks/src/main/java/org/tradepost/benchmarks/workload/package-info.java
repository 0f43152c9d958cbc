/** The data of a measured Tradepost, and the requests that are sent to it. */
package org.tradepost.benchmarks.workload;
