package org.tradepost.auth.login;

import io.vertx.core.Future;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** Keeps attempts waiting of which too many have failed. */
public final class LoginThrottle {

  private final LoginFailureRepository failures;

  public LoginThrottle(LoginFailureRepository failures) {
    this.failures = failures;
  }

  /**
   * Lets an attempt pass that has not to wait.
   *
   * @return fails with {@code TOO_MANY_ATTEMPTS}
   */
  Future<Void> pass(LoginAttempt attempt) {
    return failures
        .remaining(attempt)
        .compose(
            seconds ->
                seconds == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        ServiceException.retryAfter(
                            AuthError.TOO_MANY_ATTEMPTS,
                            AuthError.TOO_MANY_ATTEMPTS.title(),
                            seconds)));
  }

  /**
   * Forgets the failures before an attempt that was right. Many may have been under way at once:
   * once some of them have begun to block, the others learn nothing, not even that they were right.
   *
   * @return fails with {@code TOO_MANY_ATTEMPTS}
   */
  Future<Void> succeeded(LoginAttempt attempt) {
    return failures.forget(attempt).compose(done -> pass(attempt));
  }

  /**
   * Counts an attempt that was wrong.
   *
   * @return fails with the code, or with {@code TOO_MANY_ATTEMPTS} when others came before
   */
  <T> Future<T> failed(LoginAttempt attempt, ErrorCode code) {
    return failures
        .count(attempt)
        .compose(counted -> counted ? Future.succeededFuture() : pass(attempt))
        .compose(done -> Future.failedFuture(new ServiceException(code)));
  }
}
