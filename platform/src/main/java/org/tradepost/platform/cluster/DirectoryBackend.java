package org.tradepost.platform.cluster;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.spi.ServiceDiscoveryBackend;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records of service discovery in a {@link SignedMap}. Records are read from memory and
 * count only if a node with the cluster secret wrote them. A malformed record is skipped.
 */
public final class DirectoryBackend implements ServiceDiscoveryBackend {

  static final String MAP = "tradepost.directory";

  private static final Logger log = LoggerFactory.getLogger(DirectoryBackend.class);

  private SignedMap map;

  @Override
  public void init(Vertx vertx, JsonObject configuration) {
    if (!(((VertxInternal) vertx).clusterManager() instanceof Membership membership)) {
      throw new IllegalStateException("service discovery needs a node of the cluster");
    }
    map = membership.map(MAP);
  }

  @Override
  public void store(Record record, Handler<AsyncResult<Record>> result) {
    if (record.getRegistration() != null) {
      throw new IllegalArgumentException("The record has already been registered");
    }
    record.setRegistration(UUID.randomUUID().toString());
    write(record).map(record).onComplete(done -> result.handle(done));
  }

  @Override
  public void update(Record record, Handler<AsyncResult<Void>> result) {
    write(record).onComplete(done -> result.handle(done));
  }

  private Future<Void> write(Record record) {
    return map.put(record.getRegistration(), record.toJson().encode());
  }

  @Override
  public void remove(Record record, Handler<AsyncResult<Record>> result) {
    remove(record.getRegistration(), result);
  }

  @Override
  public void remove(String registration, Handler<AsyncResult<Record>> result) {
    var known = map.get(registration).flatMap(DirectoryBackend::parse);
    map.remove(registration)
        .compose(
            done ->
                known
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture("no such record: " + registration)))
        .onComplete(done -> result.handle(done));
  }

  @Override
  public void getRecords(Handler<AsyncResult<List<Record>>> result) {
    var records = map.all().values().stream().flatMap(text -> parse(text).stream()).toList();
    result.handle(Future.succeededFuture(records));
  }

  @Override
  public void getRecord(String registration, Handler<AsyncResult<Record>> result) {
    result.handle(
        Future.succeededFuture(
            map.get(registration).flatMap(DirectoryBackend::parse).orElse(null)));
  }

  private static Optional<Record> parse(String text) {
    try {
      return Optional.of(new Record(new JsonObject(text)));
    } catch (RuntimeException malformed) {
      log.warn("a record of the directory cannot be read: {}", malformed.getMessage());
      return Optional.empty();
    }
  }
}
