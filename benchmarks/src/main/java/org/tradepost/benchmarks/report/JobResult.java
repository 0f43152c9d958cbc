package org.tradepost.benchmarks.report;

import java.util.List;
import org.tradepost.benchmarks.measure.Comparison;

/**
 * The result of one job.
 *
 * @param audit the last line of the audit's report; empty if nothing was left to audit
 * @param failure why the job, or a part of it, could not be measured, or empty
 */
public record JobResult(String job, List<Comparison> rows, String audit, String failure) {}
