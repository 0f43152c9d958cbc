package org.tradepost.benchmarks.jobs;

import java.util.List;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.subjects.Stage;

/** Something that is measured, with what it is compared to. */
@FunctionalInterface
public interface Job {
  List<Row> run(Stage stage, Rounds rounds);
}
