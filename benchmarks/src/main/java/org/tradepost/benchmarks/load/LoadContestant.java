package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.HeapAllocation;
import org.tradepost.benchmarks.measure.Contestant;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;

/** A side that our own clients send requests to. */
public final class LoadContestant implements Contestant {
  private static final int PEAK_SHARE = 4;

  /** The same schedules in the next run, another one in each round. */
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
   * @param source connects when it is first needed, for a server takes only so many connections
   */
  public LoadContestant(String name, Supplier<Clients> source, CpuTime cpu) {
    this.name = name;
    this.source = source;
    this.cpu = cpu;
  }

  /** Sends requests for a while, because it was just started. */
  public LoadContestant startedCold(Duration time) {
    ClosedLoop.run(clients(), time);
    settle();
    return this;
  }

  /** Compares something else than the rate. */
  public LoadContestant comparing(Metric other) {
    this.metric = other;
    return this;
  }

  /**
   * Sends requests at random moments, on average half as many a second as there were responses at
   * the highest rate, measured at the end of the warm-up.
   */
  public LoadContestant atHalfOfPeak() {
    loop =
        (clients, time) ->
            OpenLoop.run(
                clients, ArrivalSchedule.poisson(peak / 2, time, SEED.incrementAndGet()), time);
    return this;
  }

  /** Waits after each load until the work that goes on after its responses is done. */
  public LoadContestant settling(Runnable untilSettled) {
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

  /** How long it took, in seconds. */
  private double settle() {
    var start = System.nanoTime();
    settling.ifPresent(Runnable::run);
    return settling.isEmpty() ? 0 : (System.nanoTime() - start) / 1e9;
  }

  /** Closes the connections; it connects again when it is used again. */
  @Override
  public void close() {
    open.ifPresent(Clients::close);
    open = Optional.empty();
  }
}
