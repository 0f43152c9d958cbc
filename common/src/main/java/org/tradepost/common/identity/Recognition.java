package org.tradepost.common.identity;

import java.util.Optional;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * The caller of an operation that needs no token. There, an invalid token counts as none.
 *
 * @param caller the caller that a valid token names, otherwise the anonymous one
 * @param fault why the token is invalid; empty if there was none, or a valid one
 */
public record Recognition(Caller caller, Optional<ServiceException> fault) {

  /** A request without a token. */
  public static final Recognition ANONYMOUS = of(Caller.ANONYMOUS);

  /** The caller that a valid token names. */
  public static Recognition of(Caller caller) {
    return new Recognition(caller, Optional.empty());
  }

  /** Anonymous, because the token is invalid. */
  public static Recognition anonymous(Throwable fault) {
    return new Recognition(
        Caller.ANONYMOUS,
        Optional.of(
            fault instanceof ServiceException known
                ? known
                : new ServiceException(CommonError.UNAUTHENTICATED)));
  }

  /** Replaces a rejection for a missing token with what is wrong with the token that came. */
  public Throwable explain(Throwable rejection) {
    return rejection instanceof ServiceException known && known.is(CommonError.UNAUTHENTICATED)
        ? fault.orElse(known)
        : rejection;
  }
}
