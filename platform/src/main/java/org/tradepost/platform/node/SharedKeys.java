package org.tradepost.platform.node;

import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.SignedMap;

/**
 * The keys and revocations that the authentication service published last. With them, a node that
 * starts while that service is unavailable can verify tokens too.
 */
final class SharedKeys {

  static final String MAP = "tradepost.keys";

  private static final String ENTRY = "trust";
  private static final Logger log = LoggerFactory.getLogger(SharedKeys.class);

  private final SignedMap map;
  private Future<Void> writing = Future.succeededFuture();

  SharedKeys(SignedMap map) {
    this.map = map;
  }

  /** The keys that this node knows, from memory. */
  Optional<Trust> read() {
    return map.get(ENTRY).flatMap(SharedKeys::parse);
  }

  /** Shares the keys with all nodes. Skipped while a write is in flight: another call follows. */
  synchronized void write(Trust trust) {
    if (writing.isComplete()) {
      writing =
          map.putIfChanged(ENTRY, WireJson.writeText(trust))
              .onFailure(failure -> log.warn("the keys were not shared: {}", failure.getMessage()));
    }
  }

  private static Optional<Trust> parse(String text) {
    try {
      return Optional.of(WireJson.read(text, Trust.class));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      log.warn("the shared keys cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
