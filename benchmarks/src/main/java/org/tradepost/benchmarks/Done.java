package org.tradepost.benchmarks;

import java.util.List;

/**
 * What came of one job.
 *
 * @param audit the last line of the audit's report, empty where nothing was left to be audited
 * @param failure why it, or a part of it, could not be measured, or empty
 */
record Done(String job, List<Row> rows, String audit, String failure) {}
