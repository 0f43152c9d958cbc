package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.tradepost.benchmarks.machine.Allocation;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Load;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Side;

/** A side that clients of ours ask. */
public final class LoadSide implements Side {
  private static final int PEAK_SHARE = 4;

  /** The same schedules in the next run, another one in each round. */
  private static final AtomicLong SEED = new AtomicLong();

  private final String name;
  private final Supplier<Clients> source;
  private final CpuTime cpu;
  private Figure figure = Figure.RATE;
  private Loop loop = ClosedLoop::run;
  private Optional<Clients> open = Optional.empty();
  private Optional<Runnable> settling = Optional.empty();
  private double peak;

  /**
   * @param source connects when it is first asked, for a server takes only so many connections
   */
  public LoadSide(String name, Supplier<Clients> source, CpuTime cpu) {
    this.name = name;
    this.source = source;
    this.cpu = cpu;
  }

  /** Asks it for a while, because it was just started. */
  public LoadSide startedCold(Duration time) {
    ClosedLoop.run(clients(), time);
    settle();
    return this;
  }

  /** Compares something else than the rate. */
  public LoadSide comparing(Figure other) {
    this.figure = other;
    return this;
  }

  /**
   * Asks at random moments, on average half as many a second as there were answers when it was
   * asked as fast as could be, at the end of the warm-up.
   */
  public LoadSide atHalfOfPeak() {
    loop =
        (asking, time) ->
            OpenLoop.run(asking, Schedule.poisson(peak / 2, time, SEED.incrementAndGet()), time);
    return this;
  }

  /** Waits after each load until the work is done that its answers left behind. */
  public LoadSide settling(Runnable untilSettled) {
    this.settling = Optional.of(untilSettled);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public void warmUp(Duration time) {
    ClosedLoop.run(clients(), time);
    peak = ClosedLoop.run(clients(), time.dividedBy(PEAK_SHARE)).rate();
    settle();
  }

  @Override
  public Sample measure(Duration time) {
    Map<String, Allocation> allocatedBefore = Allocation.of(cpu.jvms());
    Map<String, Long> before = cpu.micros();
    Load load = loop.run(clients(), time);
    double settled = settle();
    long requests = load.latencies().getTotalCount();
    Map<String, Double> micros = CpuTime.perRequest(before, cpu.micros(), requests);
    Map<String, Double> kib =
        Allocation.perRequest(allocatedBefore, Allocation.of(cpu.jvms()), requests);
    return new Sample(figure.of(load), Optional.of(load), micros, kib, settled);
  }

  private List<? extends Client> clients() {
    if (open.isEmpty()) {
      open = Optional.of(source.get());
    }
    return open.get().all();
  }

  /** For how long it took, in seconds. */
  private double settle() {
    long answered = System.nanoTime();
    settling.ifPresent(Runnable::run);
    return settling.isEmpty() ? 0 : (System.nanoTime() - answered) / 1e9;
  }

  /** Ends the connections; it connects again when it is asked again. */
  @Override
  public void close() {
    open.ifPresent(Clients::close);
    open = Optional.empty();
  }
}
