package org.tradepost.auth;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.common.bus.Call;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/**
 * Checks email and password. An email without an account, a disabled account and a wrong password
 * give the same answer after the same work, and the same delays after failures.
 */
final class Credentials {

  /** Says whether a password is the one of a hash. */
  @FunctionalInterface
  interface Comparison {
    Future<Boolean> matches(String password, String hash, Call call);
  }

  private final AccountRepository accounts;
  private final LoginFailureRepository failures;
  private final Comparison comparison;
  private final String decoy;

  /**
   * @param decoy a hash that no password has
   */
  Credentials(
      AccountRepository accounts,
      LoginFailureRepository failures,
      Comparison comparison,
      String decoy) {
    this.accounts = accounts;
    this.failures = failures;
    this.comparison = comparison;
    this.decoy = decoy;
  }

  /**
   * The account that email and password belong to.
   *
   * @return fails with {@code INVALID_CREDENTIALS}, {@code TOO_MANY_ATTEMPTS} or {@code OVERLOADED}
   */
  Future<StoredAccount> check(Email email, String password, Call call) {
    return refuseWhileBlocked(email)
        .compose(free -> accounts.find(email))
        .compose(found -> compare(found, password, call))
        .compose(holder -> holder.isPresent() ? succeeded(email, holder.get()) : failed(email));
  }

  private Future<Optional<StoredAccount>> compare(
      Optional<StoredAccount> found, String password, Call call) {
    return comparison
        .matches(password, found.map(StoredAccount::passwordHash).orElse(decoy), call)
        .map(matches -> matches ? found.filter(account -> !account.disabled()) : Optional.empty());
  }

  /**
   * Many guesses may have been under way at once: once some of them have blocked the email, the
   * others learn nothing, not even that they were right.
   */
  private Future<StoredAccount> succeeded(Email email, StoredAccount holder) {
    return failures.forget(email).compose(done -> refuseWhileBlocked(email)).map(holder);
  }

  private Future<StoredAccount> failed(Email email) {
    return failures
        .count(email)
        .compose(counted -> counted ? Future.succeededFuture() : refuseWhileBlocked(email))
        .compose(done -> Future.failedFuture(new ServiceException(ErrorCode.INVALID_CREDENTIALS)));
  }

  private Future<Void> refuseWhileBlocked(Email email) {
    return failures
        .remaining(email)
        .compose(
            seconds ->
                seconds == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        ServiceException.retryAfter(
                            ErrorCode.TOO_MANY_ATTEMPTS,
                            ErrorCode.TOO_MANY_ATTEMPTS.title(),
                            seconds)));
  }
}
