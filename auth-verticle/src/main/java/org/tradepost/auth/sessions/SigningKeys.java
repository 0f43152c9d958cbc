package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthContract.Rotation;

/**
 * The keys that sign access tokens: made on the first start, replaced with overlap, so that every
 * service knows a key before the first token that it signed.
 */
public final class SigningKeys {

  /** Services ask for the keys every two seconds, strangers may cache them for five. */
  private static final Duration LEAD = Duration.ofSeconds(10);

  /** For clocks that differ and transactions that take their time. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final SigningKeyRepository repository;
  private final Duration overlap;
  private final TrustPublisher trust;
  private SigningKey known;

  public SigningKeys(
      Vertx vertx,
      SigningKeyRepository repository,
      TokenLifetimes lifetimes,
      TrustPublisher trust) {
    this.trust = trust;
    this.vertx = vertx;
    this.repository = repository;
    this.overlap = lifetimes.access().plus(SLACK);
  }

  /** Makes the first key where there is none. */
  public Future<Void> prepare() {
    return repository
        .exists()
        .compose(
            exists -> exists ? Future.succeededFuture() : generate().compose(repository::addFirst));
  }

  /** The key to sign with now. */
  Future<SigningKey> current() {
    return repository
        .current()
        .compose(
            kid ->
                known != null && known.kid().equals(kid)
                    ? Future.succeededFuture(known)
                    : repository.read(kid).onSuccess(key -> known = key));
  }

  /** Begins to replace the key; while one is about to take over, that one is the answer. */
  public Future<Rotation> rotate(Empty request, RequestContext call) {
    return repository
        .pending(LEAD)
        .compose(
            pending ->
                pending
                    .map(Future::succeededFuture)
                    .orElseGet(() -> generate().compose(key -> repository.add(key, LEAD, overlap))))
        .onSuccess(rotation -> trust.changed());
  }

  private Future<SigningKey> generate() {
    return vertx.executeBlocking(SigningKey::generate, false);
  }
}
