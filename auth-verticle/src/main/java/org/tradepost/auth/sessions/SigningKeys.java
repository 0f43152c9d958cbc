package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthContract.Rotation;

/**
 * The keys that sign access tokens. They are created at the first start and replaced with overlap,
 * so that every service knows a key before that key signs its first token.
 */
public final class SigningKeys {

  /** Services read the keys every two seconds; other clients may cache them for five. */
  private static final Duration LEAD = Duration.ofSeconds(10);

  /** Allows for clock differences and slow transactions. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final SigningKeyRepository repository;
  private final Duration overlap;
  private final TrustPublisher trust;
  private SigningKey known;
  private Future<Rotation> rotation = Future.failedFuture("none was started");

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

  /** Creates the first key, unless there is one. */
  public Future<Void> prepare() {
    return repository
        .exists()
        .compose(
            exists -> exists ? Future.succeededFuture() : generate().compose(repository::addFirst));
  }

  /** Returns the key to sign with now. */
  Future<SigningKey> current() {
    return repository
        .current()
        .compose(
            kid ->
                known != null && known.kid().equals(kid)
                    ? Future.succeededFuture(known)
                    : repository.read(kid).onSuccess(key -> known = key));
  }

  /**
   * Starts to replace the key. If a replacement is already pending, returns that one. Generating a
   * key can take seconds on a busy host, and continues after the request has timed out; a repeated
   * request gets the result.
   */
  public Future<Rotation> rotate(Empty request, RequestContext call) {
    if (rotation.isComplete()) {
      rotation =
          repository
              .latest(LEAD)
              .compose(
                  latest ->
                      latest.pending()
                          ? Future.succeededFuture(latest.rotation())
                          : replace(latest.kid()))
              .onSuccess(started -> trust.changed());
    }
    return rotation;
  }

  private Future<Rotation> replace(String kid) {
    return generate().compose(key -> repository.replace(kid, key, LEAD, overlap));
  }

  private Future<SigningKey> generate() {
    return vertx.executeBlocking(SigningKey::generate, false);
  }
}
