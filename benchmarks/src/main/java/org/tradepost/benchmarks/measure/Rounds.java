package org.tradepost.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.machine.MeasurementFailure;

/** Measures several sides in turn, A B A B, so that other load on the machine affects all. */
public final class Rounds {
  private Rounds() {}

  /**
   * Warms up every side, then runs all rounds.
   *
   * @return the results, in the order of the sides
   * @throws MeasurementFailure if a response was wrong
   */
  public static List<Series> measure(MeasurementPlan plan, List<? extends Side> sides) {
    sides.forEach(side -> side.warmUp(plan.warmUp()));
    var samples = new ArrayList<List<Sample>>();
    sides.forEach(side -> samples.add(new ArrayList<>()));
    for (var round = 0; round < plan.count(); round++) {
      for (var i = 0; i < sides.size(); i++) {
        samples.get(i).add(sides.get(i).measure(plan.time()));
      }
    }
    return IntStream.range(0, sides.size())
        .mapToObj(i -> new Series(sides.get(i).name(), sides.get(i).metric(), samples.get(i)))
        .peek(Rounds::requireCorrect)
        .toList();
  }

  /** A comparison of two sides, given by their indexes in the list of sides. */
  public record Row(String title, int own, int reference, Goal goal) {
    Comparison of(List<Series> series) {
      return new Comparison(title, series.get(own), series.get(reference), goal);
    }
  }

  /** Warms up every side, runs all rounds, closes the sides and compares them. */
  public static List<Comparison> compare(
      MeasurementPlan plan, List<? extends Side> sides, Row... rows) {
    try {
      var series = measure(plan, sides);
      return Stream.of(rows).map(row -> row.of(series)).toList();
    } finally {
      sides.forEach(Side::close);
    }
  }

  private static void requireCorrect(Series series) {
    var load = series.load();
    if (load.isPresent() && load.get().failed() > 0) {
      throw new MeasurementFailure(
          String.format(
              Locale.ROOT,
              "%s gave %d wrong answers; one of them: %s",
              series.name(),
              load.get().failed(),
              load.get().faults().get(0)));
    }
  }
}
