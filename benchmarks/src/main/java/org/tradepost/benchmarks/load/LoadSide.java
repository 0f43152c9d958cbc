package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.HeapAllocation;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Side;

/** A side under load from our own clients. */
public final class LoadSide implements Side {
  private static final int PEAK_SHARE = 4;

  /** A different schedule in each round, the same ones in every run. */
  private static final AtomicLong SEED = new AtomicLong();

  private final String name;
  private final Supplier<Clients> source;
  private final CpuTime cpu;
  private Metric metric = Metric.RATE;
  private Loop loop = ClosedLoop::run;
  private Optional<Clients> open = Optional.empty();
  private Optional<Runnable> settling = Optional.empty();
  private double peak;

  /**
   * @param source connects when first needed, because a server accepts a limited number of clients
   */
  public LoadSide(String name, Supplier<Clients> source, CpuTime cpu) {
    this.name = name;
    this.source = source;
    this.cpu = cpu;
  }

  /** Sends requests for a while, to warm up a server that was just started. */
  public LoadSide startedCold(Duration time) {
    ClosedLoop.run(clients(), time);
    settle();
    return this;
  }

  /** Compares a metric other than the rate. */
  public LoadSide comparing(Metric other) {
    this.metric = other;
    return this;
  }

  /**
   * Sends requests at random times, on average at half of the peak rate, which is measured at the
   * end of the warm-up.
   */
  public LoadSide atHalfOfPeak() {
    loop =
        (clients, time) ->
            OpenLoop.run(
                clients, ArrivalSchedule.poisson(peak / 2, time, SEED.incrementAndGet()), time);
    return this;
  }

  /** Waits after each load until the work that continues after the responses is done. */
  public LoadSide settling(Runnable untilSettled) {
    this.settling = Optional.of(untilSettled);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public void warmUp(Duration time) {
    ClosedLoop.run(clients(), time);
    peak = ClosedLoop.run(clients(), time.dividedBy(PEAK_SHARE)).rate();
    settle();
  }

  @Override
  public Sample measure(Duration time) {
    var allocatedBefore = HeapAllocation.of(cpu.jvms());
    var before = cpu.micros();
    var load = loop.run(clients(), time);
    var settled = settle();
    var requests = load.latencies().getTotalCount();
    var micros = CpuTime.perRequest(before, cpu.micros(), requests);
    var kib = HeapAllocation.perRequest(allocatedBefore, HeapAllocation.of(cpu.jvms()), requests);
    return new Sample(metric.of(load), Optional.of(load), micros, kib, settled);
  }

  private List<? extends Client> clients() {
    if (open.isEmpty()) {
      open = Optional.of(source.get());
    }
    return open.get().all();
  }

  /** Waits until the work is done, and returns how long that took, in seconds. */
  private double settle() {
    var start = System.nanoTime();
    settling.ifPresent(Runnable::run);
    return settling.isEmpty() ? 0 : (System.nanoTime() - start) / 1e9;
  }

  /** Closes the connections; the next use opens new ones. */
  @Override
  public void close() {
    open.ifPresent(Clients::close);
    open = Optional.empty();
  }
}
