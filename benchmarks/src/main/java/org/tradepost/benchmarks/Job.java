package org.tradepost.benchmarks;

import java.util.List;

/** Something that is measured, with what it is compared to. */
@FunctionalInterface
interface Job {
  List<Row> run(Stage stage, Rounds rounds);
}
