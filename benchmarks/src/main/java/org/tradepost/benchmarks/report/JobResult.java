package org.tradepost.benchmarks.report;

import java.util.List;
import org.tradepost.benchmarks.measure.Comparison;

/**
 * What came of one job.
 *
 * @param audit the last line of the audit's report, empty where nothing was left to be audited
 * @param failure why it, or a part of it, could not be measured, or empty
 */
public record JobResult(String job, List<Comparison> rows, String audit, String failure) {}
