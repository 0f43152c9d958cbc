package org.tradepost.benchmarks.measure;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The candidate with the highest rate during the warm-up. */
public final class BestOf implements Side {
  private final List<? extends Side> candidates;
  private Side best;

  public BestOf(List<? extends Side> candidates) {
    this.candidates = candidates;
    this.best = candidates.get(0);
  }

  @Override
  public String name() {
    return best.name();
  }

  @Override
  public Metric metric() {
    return best.metric();
  }

  @Override
  public void warmUp(Duration time) {
    var share = time.dividedBy(2L * candidates.size());
    best =
        candidates.stream()
            .map(candidate -> tried(candidate, share))
            .max(Comparator.comparingDouble(tried -> tried.sample().value()))
            .orElseThrow()
            .side();
  }

  /** Closes the candidate's connections afterwards, so that the next one can open its own. */
  private static Tried tried(Side candidate, Duration time) {
    try (candidate) {
      candidate.warmUp(time);
      return new Tried(candidate, candidate.measure(time));
    }
  }

  private record Tried(Side side, Sample sample) {}

  @Override
  public Sample measure(Duration time) {
    return best.measure(time);
  }

  @Override
  public void close() {
    candidates.forEach(Side::close);
  }
}
