package org.tradepost.benchmarks.subjects;

import java.util.Optional;
import java.util.function.Consumer;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.MeasurementPlan;

/** Runs what is measured, one Tradepost at a time: two would share the processors. */
public final class TestBed implements AutoCloseable {
  private final Project project;
  private final MeasurementPlan plan;
  private final Consumer<String> console;
  private Optional<RunningTradepost> running = Optional.empty();
  private Optional<SpringPeer> peer = Optional.empty();

  public TestBed(Project project, MeasurementPlan plan, Consumer<String> console) {
    this.project = project;
    this.plan = plan;
    this.console = console;
  }

  public Project project() {
    return project;
  }

  /** All services in one JVM. */
  public RunningTradepost up() {
    return running(Deployment.UP);
  }

  /** Returns the Tradepost of a deployment; starts it, and stops any other, unless it runs. */
  public RunningTradepost running(Deployment deployment) {
    if (running.isEmpty() || running.get().deployment() != deployment) {
      close();
      console.accept("Starting " + deployment.title() + " ...");
      var tradepost = Tradepost.start(project, deployment);
      running = Optional.of(RunningTradepost.of(deployment, tradepost));
      running.get().warmUp(plan.cold());
    }
    return running.get();
  }

  /** The peer, on the PostgreSQL server of the running Tradepost. */
  public SpringPeer peer() {
    if (peer.isEmpty()) {
      console.accept("Starting the Spring Boot peer ...");
      peer = Optional.of(SpringPeer.start(project, running.orElseThrow().server()));
      peer.get().warmUp(plan.cold());
    }
    return peer.get();
  }

  /** The result of the audit of the running Tradepost, if any. */
  public Optional<String> audit() {
    return running.map(RunningTradepost::audit);
  }

  public Optional<RunningTradepost> running() {
    return running;
  }

  /** Stops the peer, if it runs. */
  public void stopPeer() {
    peer.ifPresent(SpringPeer::close);
    peer = Optional.empty();
  }

  @Override
  public void close() {
    stopPeer();
    running.ifPresent(RunningTradepost::close);
    running = Optional.empty();
  }
}
