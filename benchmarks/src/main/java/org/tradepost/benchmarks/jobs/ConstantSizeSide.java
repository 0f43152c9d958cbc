package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.workload.OrderRequests;

/**
 * Places orders while their number stays about the same: each round begins with at most a fifth too
 * many. Otherwise the benchmark would turn ten thousand orders into a hundred thousand.
 */
record ConstantSizeSide(RunningTradepost up, Side placing, OrderRequests orders, Runnable restore)
    implements Side {
  @Override
  public String name() {
    return placing.name();
  }

  @Override
  public Metric metric() {
    return placing.metric();
  }

  @Override
  public void warmUp(Duration time) {
    placing.warmUp(time);
  }

  @Override
  public Sample measure(Duration time) {
    restore.run();
    var before = up.orders();
    var acknowledged = orders.placed();
    var sample = placing.measure(time);
    OrderJobs.requireAll(orders.placed() - acknowledged, up.orders() - before);
    return sample;
  }

  @Override
  public void close() {
    placing.close();
  }
}
