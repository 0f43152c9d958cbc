package org.tradepost.common.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import io.vertx.servicediscovery.types.EventBusService;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instances of which services are in the cluster.
 *
 * <p>A record outlives a node that crashed, so a record is believed only while its node is a
 * member, and the oldest member removes those that are not to be believed, with what the same nodes
 * left on the bus. Requests do not depend on it: addresses on the bus are fixed.
 */
public final class Directory {

  /** Where the discovery tells of every change. */
  public static final String ANNOUNCEMENTS = ServiceDiscoveryOptions.DEFAULT_ANNOUNCE_ADDRESS;

  private static final long SWEEP_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(Directory.class);

  private final String nodeId;
  private final Supplier<List<String>> members;
  private final ServiceDiscovery discovery;
  private final Registrations registrations;
  private final Vertx vertx;

  /** What this node announced, by its registration. */
  private final Map<String, Record> own = new ConcurrentHashMap<>();

  private final long sweeping;
  private volatile List<Instance> known = List.of();

  /**
   * One instance of a service.
   *
   * @param service the service's name
   * @param version of its face
   * @param node the id of the node it runs on
   * @param faceHash equal for equal faces
   * @param operations the addresses it serves
   * @param publishedAt milliseconds since the epoch, by the clock of its node
   */
  public record Instance(
      String service,
      String version,
      String node,
      String faceHash,
      List<String> operations,
      long publishedAt) {}

  Directory(
      Vertx vertx, String nodeId, Supplier<List<String>> members, Registrations registrations) {
    this.nodeId = nodeId;
    this.members = members;
    this.discovery = ServiceDiscovery.create(vertx);
    this.registrations = registrations;
    this.vertx = vertx;
    this.sweeping = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  /**
   * Announces a service of this node.
   *
   * @return the registration
   */
  Future<String> publish(
      String service, String version, String faceHash, Collection<String> operations) {
    var metadata =
        new JsonObject()
            .put("node", nodeId)
            .put("version", version)
            .put("face", faceHash)
            .put("operations", new JsonArray(List.copyOf(operations)))
            .put("publishedAt", System.currentTimeMillis());
    var record =
        new Record()
            .setName(service)
            .setType(EventBusService.TYPE)
            .setLocation(new JsonObject().put(Record.ENDPOINT, service))
            .setMetadata(metadata);
    return discovery
        .publish(record)
        .onSuccess(published -> own.put(published.getRegistration(), published))
        .map(Record::getRegistration);
  }

  Future<Void> withdraw(String registration) {
    own.remove(registration);
    return discovery.unpublish(registration);
  }

  /** All instances on living nodes. */
  public Future<List<Instance>> instances() {
    return records()
        .map(all -> all.stream().filter(this::isAlive).map(Directory::instance).toList())
        .onSuccess(all -> known = all);
  }

  /** How many instances of a service ran on living nodes when that was last looked up. */
  public long count(String service) {
    return known.stream().filter(instance -> instance.service().equals(service)).count();
  }

  void close() {
    vertx.cancelTimer(sweeping);
    discovery.close();
  }

  private Future<List<Record>> records() {
    return discovery.getRecords(record -> true, true);
  }

  private void sweep() {
    instances().onFailure(failure -> log.debug("the directory could not be read", failure));
    records()
        .onSuccess(this::announceAgain)
        .onFailure(
            failure -> log.warn("the directory could not be read: {}", failure.getMessage()));
    registrations
        .restore()
        .onSuccess(
            restored -> {
              if (restored > 0) {
                log.info("put back {} registrations of this node", restored);
              }
            })
        .onFailure(failure -> log.warn("the bus could not be read: {}", failure.getMessage()));
    var present = members.get();
    if (!present.isEmpty() && present.get(0).equals(nodeId)) {
      removeLeftovers();
    }
  }

  /** Others removed the records of this node if they could not reach it for a while. */
  private void announceAgain(List<Record> known) {
    var registrations = known.stream().map(Record::getRegistration).toList();
    own.values().stream()
        .filter(record -> !registrations.contains(record.getRegistration()))
        .forEach(
            record -> {
              log.info("announcing {} again", record.getName());
              discovery
                  .update(record)
                  .onFailure(failure -> log.warn("it was not announced: {}", failure.getMessage()));
            });
  }

  private void removeLeftovers() {
    registrations
        .removeLeftovers()
        .onSuccess(
            removed -> {
              if (removed > 0) {
                log.info("removed {} registrations of nodes that are gone", removed);
              }
            })
        .onFailure(failure -> log.warn("the bus could not be swept: {}", failure.getMessage()));
    records()
        .onSuccess(
            all ->
                all.stream()
                    .filter(record -> !isAlive(record))
                    .forEach(
                        record -> {
                          log.info(
                              "removing the record of {} on a node that is gone", record.getName());
                          discovery
                              .unpublish(record.getRegistration())
                              .onFailure(failure -> log.debug("it was removed already"));
                        }))
        .onFailure(
            failure -> log.warn("the directory could not be read: {}", failure.getMessage()));
  }

  private boolean isAlive(Record record) {
    return members.get().contains(record.getMetadata().getString("node"));
  }

  private static Instance instance(Record record) {
    var metadata = record.getMetadata();
    return new Instance(
        record.getName(),
        metadata.getString("version"),
        metadata.getString("node"),
        metadata.getString("face"),
        metadata.getJsonArray("operations").stream().map(String.class::cast).toList(),
        metadata.getLong("publishedAt", 0L));
  }
}
