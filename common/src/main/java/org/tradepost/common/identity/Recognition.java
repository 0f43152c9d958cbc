package org.tradepost.common.identity;

import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * Who asks, where nobody has to say who they are. A token that is not good is as none there.
 *
 * @param caller who a good token names, or else a stranger
 * @param fault why the token that came is not good; null when none came, or a good one
 */
public record Recognition(Caller caller, ServiceException fault) {

  /** Who nobody knows. */
  public static final Recognition ANONYMOUS = new Recognition(Caller.ANONYMOUS, null);

  static Recognition of(Caller caller) {
    return caller.kind() == Caller.Kind.SERVICE
        ? unknown(new ServiceException(CommonError.UNAUTHENTICATED, "A user's token is required"))
        : new Recognition(caller, null);
  }

  /** A stranger, because their token is not good. */
  public static Recognition unknown(Throwable fault) {
    return new Recognition(
        Caller.ANONYMOUS,
        fault instanceof ServiceException known
            ? known
            : new ServiceException(CommonError.UNAUTHENTICATED));
  }

  /** Says of a refusal for want of a token what is wrong with the one that came. */
  public Throwable explain(Throwable refusal) {
    return fault != null
            && refusal instanceof ServiceException known
            && known.is(CommonError.UNAUTHENTICATED)
        ? fault
        : refusal;
  }
}
