package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import org.tradepost.benchmarks.measure.Contestant;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.workload.OrderRequests;

/**
 * A side that places orders, and finds about as many of them at the beginning of each turn: a fifth
 * more at most. Otherwise it would itself turn ten thousand orders into a hundred thousand.
 */
record ConstantSizeContestant(
    RunningTradepost up, Contestant placing, OrderRequests orders, Runnable restore)
    implements Contestant {
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
    // A gateway closes connections that are idle, and it may take a minute.
    placing.close();
    restore.run();
    var there = up.orders();
    var acknowledged = orders.placed();
    var sample = placing.measure(time);
    OrderJobs.requireAll(orders.placed() - acknowledged, up.orders() - there);
    return sample;
  }

  @Override
  public void close() {
    placing.close();
  }
}
