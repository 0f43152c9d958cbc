package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faces of all services that were ever seen, in a map that all gateways share: a service that
 * is away is known to a new gateway too.
 */
final class FaceStore {

  private static final String MAP = "tradepost.faces";
  private static final Logger log = LoggerFactory.getLogger(FaceStore.class);

  private final Vertx vertx;
  private final Map<String, Long> kept = new HashMap<>();
  private Future<AsyncMap<String, String>> map;

  FaceStore(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The faces of services other than those given. */
  Future<List<PublishedFace>> others(Set<String> known) {
    return map()
        .compose(
            map ->
                map.keys()
                    .compose(
                        keys ->
                            Future.all(
                                keys.stream()
                                    .filter(service -> !known.contains(service))
                                    .map(service -> map.get(service).map(this::read))
                                    .toList())))
        .map(all -> all.<PublishedFace>list().stream().filter(Objects::nonNull).toList());
  }

  /** Keeps faces: those that the map lacks, and those that are newer than what was kept. */
  Future<Void> keep(Collection<PublishedFace> faces) {
    return map()
        .compose(
            map ->
                map.keys()
                    .compose(
                        keys ->
                            Future.all(
                                faces.stream()
                                    .filter(face -> isMissing(face, keys))
                                    .map(face -> put(map, face))
                                    .toList())))
        .mapEmpty();
  }

  private boolean isMissing(PublishedFace published, Set<String> keys) {
    var service = published.face().service();
    return !keys.contains(service) || kept.getOrDefault(service, -1L) < published.publishedAt();
  }

  private Future<Void> put(AsyncMap<String, String> map, PublishedFace published) {
    return map.put(published.face().service(), published.text())
        .onSuccess(done -> kept.put(published.face().service(), published.publishedAt()));
  }

  private Future<AsyncMap<String, String>> map() {
    if (map == null || map.failed()) {
      map = vertx.sharedData().getClusterWideMap(MAP);
    }
    return map;
  }

  private PublishedFace read(String text) {
    try {
      if (text == null) {
        return null;
      }
      var published = PublishedFace.read(text);
      kept.put(published.face().service(), published.publishedAt());
      return published;
    } catch (RuntimeException foreign) {
      log.warn("a stored face cannot be read: {}", foreign.getMessage());
      return null;
    }
  }
}
