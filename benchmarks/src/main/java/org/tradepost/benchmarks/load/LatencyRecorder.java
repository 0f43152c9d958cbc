package org.tradepost.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;
import org.tradepost.benchmarks.measure.LoadResult;

/** Counts responses and records the latency of the correct ones. Thread-safe. */
final class LatencyRecorder {
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;
  private static final int FAULTS_KEPT = 5;

  private final Recorder latencies = new Recorder(MAX_LATENCY_MICROS, DIGITS);
  private final LongAdder correct = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final List<String> faults = new ArrayList<>();
  private final long end;

  /**
   * @param end the time, by {@link System#nanoTime}, after which a response no longer counts for
   *     the rate, only for the latencies
   */
  LatencyRecorder(long end) {
    this.end = end;
  }

  /**
   * Adds a response.
   *
   * @param sent when its latency begins, by {@link System#nanoTime}
   */
  void add(long sent, Optional<String> fault) {
    if (fault.isPresent()) {
      addFault(fault.get());
      return;
    }
    var now = System.nanoTime();
    latencies.recordValue(Math.min(MAX_LATENCY_MICROS, (now - sent) / 1_000));
    if (now - end <= 0) {
      correct.increment();
    }
  }

  private void addFault(String fault) {
    failed.increment();
    synchronized (faults) {
      if (faults.size() < FAULTS_KEPT) {
        faults.add(fault);
      }
    }
  }

  LoadResult load(double seconds) {
    var all = latencies.getIntervalHistogram();
    synchronized (faults) {
      return new LoadResult(seconds, correct.sum(), all, failed.sum(), List.copyOf(faults));
    }
  }
}
