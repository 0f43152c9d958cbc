package org.tradepost.benchmarks.jobs;

import java.util.List;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.subjects.TestBed;

/** Something that is measured, and what it is compared with. */
@FunctionalInterface
public interface Job {
  List<Comparison> run(TestBed testBed, MeasurementPlan plan);
}
