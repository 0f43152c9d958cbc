package org.tradepost.benchmarks.subjects;

import java.util.Optional;
import java.util.function.Consumer;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.MeasurementPlan;

/** Runs what is measured, one Tradepost at a time: two would share the processors. */
public final class TestBed implements AutoCloseable {
  static final String UP = "up";
  static final String CLUSTER = "cluster";
  static final String CLUSTER_PARTED = "cluster with its gateway apart";
  static final String PAIRS = "pairs";

  private final Project project;
  private final MeasurementPlan rounds;
  private final Consumer<String> console;
  private Optional<RunningTradepost> running = Optional.empty();
  private Optional<SpringPeer> peer = Optional.empty();

  public TestBed(Project project, MeasurementPlan rounds, Consumer<String> console) {
    this.project = project;
    this.rounds = rounds;
    this.console = console;
  }

  public Project project() {
    return project;
  }

  /** All services in one JVM. */
  public RunningTradepost up() {
    return running(UP);
  }

  /** Every service in a JVM of its own. */
  public RunningTradepost cluster() {
    return running(CLUSTER);
  }

  /** The same, and the gateway has no processor in common with the others. */
  public RunningTradepost clusterParted() {
    return running(CLUSTER_PARTED);
  }

  /** Two of every service, each in a JVM of its own. */
  public RunningTradepost pairs() {
    return running(PAIRS);
  }

  private RunningTradepost running(String kind) {
    if (running.isEmpty() || !running.get().kind().equals(kind)) {
      close();
      console.accept("Starting " + kind + " ...");
      running = Optional.of(RunningTradepost.of(kind, start(kind)));
      running.get().warmUp(rounds.cold());
    }
    return running.get();
  }

  private Tradepost start(String kind) {
    return switch (kind) {
      case UP -> Tradepost.up(project);
      case CLUSTER -> Tradepost.cluster(project);
      case CLUSTER_PARTED -> Tradepost.clusterParted(project);
      case PAIRS -> Tradepost.pairs(project);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** The peer, on the server of what runs. */
  public SpringPeer peer() {
    if (peer.isEmpty()) {
      console.accept("Starting the Spring Boot peer ...");
      peer = Optional.of(SpringPeer.start(project, running.orElseThrow().server()));
      peer.get().warmUp(rounds.cold());
    }
    return peer.get();
  }

  /** What the audit says of what runs. */
  public Optional<String> audit() {
    return running.map(RunningTradepost::audit);
  }

  public Optional<RunningTradepost> running() {
    return running;
  }

  /** Stops the peer: its threads must not be there when others are measured. */
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
