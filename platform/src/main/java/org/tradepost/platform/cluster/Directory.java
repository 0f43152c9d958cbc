package org.tradepost.platform.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of all services in the cluster, read from this node's own copy.
 *
 * <p>A record outlives a node that crashed, so it counts only while its node is a member with the
 * cluster secret. The oldest such member removes all other records, and what their nodes left on
 * the bus. Requests do not depend on the directory: addresses on the bus are fixed.
 */
public final class Directory {

  private static final long SWEEP_MILLIS = 2_000;

  /** How many sweeps publish all records of this node once another has joined. */
  private static final int SWEEPS_AFTER_JOIN = 2;

  private static final Logger log = LoggerFactory.getLogger(Directory.class);

  private final String nodeId;
  private final Supplier<List<String>> members;
  private final ServiceDiscovery discovery;
  private final Registrations registrations;
  private final Vertx vertx;
  private final SignedMap map;

  /** The records that this node published, by registration. */
  private final Map<String, Record> own = new ConcurrentHashMap<>();

  /** What {@link #sweep} is writing, by registration. */
  private final Map<String, Future<Void>> writing = new ConcurrentHashMap<>();

  /** The nodes that the last sweep saw. */
  private Set<String> seen = Set.of();

  private int sweepsToPublishAll;
  private long sweeping;

  /**
   * @param members the ids of the nodes that have the cluster secret, oldest first
   */
  public Directory(
      Vertx vertx,
      Membership membership,
      Supplier<List<String>> members,
      Registrations registrations) {
    this.nodeId = membership.getNodeId();
    this.members = members;
    this.map = membership.map(DirectoryBackend.MAP);
    this.discovery = ServiceDiscovery.create(vertx);
    this.registrations = registrations;
    this.vertx = vertx;
  }

  /** Starts to sweep. Completes when this node has read all registrations on the bus. */
  public Future<Void> start() {
    sweeping = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    onChange(this::restore);
    return restore();
  }

  /**
   * Announces a service of this node.
   *
   * @param lack what the instance lacks at present; empty if it can serve
   * @return the registration
   */
  public Future<String> publish(
      String service,
      String version,
      String descriptionHash,
      Collection<String> operations,
      Optional<String> lack) {
    var instance =
        new Instance(service, version, nodeId, descriptionHash, List.copyOf(operations), lack);
    return discovery
        .publish(instance.toRecord())
        .onSuccess(published -> own.put(published.getRegistration(), published))
        .map(Record::getRegistration);
  }

  /**
   * Publishes whether an instance of this node can serve.
   *
   * @param lack what it lacks; empty if it can serve
   */
  public Future<Void> update(String registration, Optional<String> lack) {
    var record = own.get(registration);
    if (record == null) {
      return Future.succeededFuture();
    }
    Instance.withLack(record, lack);
    return afterSweep(registration, () -> discovery.update(record));
  }

  public Future<Void> withdraw(String registration) {
    own.remove(registration);
    return afterSweep(registration, () -> discovery.unpublish(registration));
  }

  /** Lets no older write of the sweep come after a change. */
  private Future<Void> afterSweep(String registration, Supplier<Future<?>> change) {
    return writing
        .getOrDefault(registration, Future.succeededFuture())
        .otherwiseEmpty()
        .compose(written -> change.get().mapEmpty());
  }

  /** All instances on living nodes, including those that cannot serve at present. */
  public List<Instance> instances() {
    return records().filter(this::isAlive).flatMap(record -> instance(record).stream()).toList();
  }

  /** How many instances of a service on living nodes can serve. */
  public long count(String service) {
    return instances().stream()
        .filter(instance -> instance.service().equals(service) && instance.serves())
        .count();
  }

  /** Runs the listener after every change, on a thread of Hazelcast. */
  public void onChange(Runnable listener) {
    map.onChange(listener);
  }

  public void stop() {
    vertx.cancelTimer(sweeping);
    discovery.close();
  }

  /** The backend answers from memory, so the future is complete. */
  private Stream<Record> records() {
    return Optional.ofNullable(discovery.getRecords(record -> true, true).result())
        .orElseGet(List::of)
        .stream();
  }

  private void sweep() {
    var present = members.get();
    if (!seen.containsAll(present)) {
      sweepsToPublishAll = SWEEPS_AFTER_JOIN;
    }
    seen = Set.copyOf(present);
    announceAgain(sweepsToPublishAll > 0);
    sweepsToPublishAll = Math.max(0, sweepsToPublishAll - 1);
    restore();
    if (!present.isEmpty() && present.get(0).equals(nodeId)) {
      removeLeftovers();
    }
  }

  private Future<Void> restore() {
    return report(registrations.restore(), "restoring registrations of this node on the bus");
  }

  private static Future<Void> report(Future<Integer> count, String action) {
    return count
        .onSuccess(
            changed -> {
              if (changed > 0) {
                log.info("{}: {} changed", action, changed);
              }
            })
        .onFailure(failure -> log.warn("{} failed: {}", action, failure.getMessage()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /**
   * Publishes lost records again. Other nodes remove the records of this node while they cannot
   * reach it, and stale records may return when two halves of a cluster merge.
   *
   * @param all whether to publish all records: the copy of a node that has joined lacks what was
   *     written while it was made, and Hazelcast compares copies only every 30 s
   */
  private void announceAgain(boolean all) {
    var known =
        records().collect(Collectors.toMap(Record::getRegistration, Record::toJson, (a, b) -> a));
    for (var record : own.values()) {
      var isLost = !record.toJson().equals(known.get(record.getRegistration()));
      if (isLost || all) {
        write(record, () -> announce(record, isLost));
      }
    }
  }

  /** Does nothing if the record was withdrawn meanwhile. */
  private Future<?> announce(Record record, boolean isLost) {
    if (!own.containsKey(record.getRegistration())) {
      return Future.succeededFuture();
    }
    if (isLost) {
      log.info("announcing {} again", record.getName());
    }
    return discovery
        .update(record)
        .onFailure(
            failure ->
                log.warn("announcing {} failed: {}", record.getName(), failure.getMessage()));
  }

  /** Not while the record is being written: each write blocks a thread if a node is frozen. */
  private void write(Record record, Supplier<Future<?>> change) {
    var registration = record.getRegistration();
    Promise<Void> done = Promise.promise();
    if (writing.putIfAbsent(registration, done.future()) == null) {
      change
          .get()
          .<Void>mapEmpty()
          .onComplete(written -> writing.remove(registration))
          .onComplete(done);
    }
  }

  private void removeLeftovers() {
    report(registrations.removeLeftovers(), "removing registrations of nodes that are gone");
    records()
        .filter(record -> !isAlive(record))
        .forEach(
            record ->
                write(
                    record,
                    () -> {
                      log.info(
                          "removing the record of {} on a node that is gone", record.getName());
                      return discovery
                          .unpublish(record.getRegistration())
                          .onFailure(failure -> log.debug("it was removed already"));
                    }));
  }

  private boolean isAlive(Record record) {
    return members.get().contains(Instance.nodeOf(record));
  }

  private static Optional<Instance> instance(Record record) {
    try {
      return Optional.of(Instance.read(record));
    } catch (RuntimeException malformed) {
      log.warn("the record {} does not describe an instance", record.getRegistration());
      return Optional.empty();
    }
  }
}
