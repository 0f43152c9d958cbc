package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.workload.NewOrders;

/**
 * A side that places orders, and finds about as many of them at the beginning of each turn: a fifth
 * more at most. Otherwise it would itself make of ten thousand orders a hundred thousand.
 */
record SameSize(Running up, Side placing, NewOrders orders, Runnable restore) implements Side {
  @Override
  public String name() {
    return placing.name();
  }

  @Override
  public Figure figure() {
    return placing.figure();
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
    long there = up.orders();
    long acknowledged = orders.placed();
    Sample sample = placing.measure(time);
    OrderJobs.requireAll(orders.placed() - acknowledged, up.orders() - there);
    return sample;
  }

  @Override
  public void close() {
    placing.close();
  }
}
