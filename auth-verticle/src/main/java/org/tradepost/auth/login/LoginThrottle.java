package org.tradepost.auth.login;

import io.vertx.core.Future;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** Delays further attempts after too many failures. */
public final class LoginThrottle {

  private final LoginFailureRepository failures;

  public LoginThrottle(LoginFailureRepository failures) {
    this.failures = failures;
  }

  /**
   * Admits an attempt that does not have to wait.
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
   * Removes the failures before a successful attempt. If concurrent failures have started to block,
   * the attempt is rejected, even with the right password.
   *
   * @return fails with {@code TOO_MANY_ATTEMPTS}
   */
  Future<Void> succeeded(LoginAttempt attempt) {
    return failures.forget(attempt).compose(done -> pass(attempt));
  }

  /**
   * Counts a failed attempt.
   *
   * @return fails with the code, or with {@code TOO_MANY_ATTEMPTS} if other failures block it
   */
  <T> Future<T> failed(LoginAttempt attempt, ErrorCode code) {
    return failures
        .count(attempt)
        .compose(counted -> counted ? Future.succeededFuture() : pass(attempt))
        .compose(done -> Future.failedFuture(new ServiceException(code)));
  }
}
