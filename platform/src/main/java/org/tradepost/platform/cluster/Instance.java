package org.tradepost.platform.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.Status;
import io.vertx.servicediscovery.types.EventBusService;
import java.util.List;
import java.util.Optional;

/**
 * One instance of a service.
 *
 * @param service the service's name
 * @param version the version of its API description
 * @param node the id of the node it runs on
 * @param descriptionHash equal for equal API descriptions
 * @param operations the addresses it serves
 * @param lack what it lacks in order to serve; empty while it can serve
 */
public record Instance(
    String service,
    String version,
    String node,
    String descriptionHash,
    List<String> operations,
    Optional<String> lack) {

  private static final String NODE = "node";
  private static final String VERSION = "version";
  private static final String DESCRIPTION = "description";
  private static final String OPERATIONS = "operations";
  private static final String LACK = "reason";

  public boolean serves() {
    return lack.isEmpty();
  }

  /**
   * Reads the record of an instance in the directory.
   *
   * @throws RuntimeException when the record does not describe an instance
   */
  static Instance read(Record record) {
    var metadata = record.getMetadata();
    return new Instance(
        record.getName(),
        metadata.getString(VERSION),
        nodeOf(record),
        metadata.getString(DESCRIPTION),
        metadata.getJsonArray(OPERATIONS).stream().map(String.class::cast).toList(),
        Optional.ofNullable(metadata.getString(LACK)));
  }

  static String nodeOf(Record record) {
    return record.getMetadata().getString(NODE);
  }

  Record toRecord() {
    var metadata =
        new JsonObject()
            .put(NODE, node)
            .put(VERSION, version)
            .put(DESCRIPTION, descriptionHash)
            .put(OPERATIONS, new JsonArray(operations));
    return withLack(
        new Record()
            .setName(service)
            .setType(EventBusService.TYPE)
            .setLocation(new JsonObject().put(Record.ENDPOINT, service))
            .setMetadata(metadata),
        lack);
  }

  /** Writes into a record what the instance lacks. */
  static Record withLack(Record record, Optional<String> lack) {
    record.getMetadata().put(LACK, lack.orElse(null));
    return record.setStatus(lack.isEmpty() ? Status.UP : Status.OUT_OF_SERVICE);
  }
}
