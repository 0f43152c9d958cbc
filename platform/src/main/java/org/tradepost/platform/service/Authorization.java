package org.tradepost.platform.service;

import io.vertx.core.Future;
import java.util.Set;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.Recognition;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.platform.description.Authentication;
import org.tradepost.platform.description.OperationDescription;

/** Decides who may use an operation. */
@FunctionalInterface
public interface Authorization {

  /**
   * Identifies the caller.
   *
   * @param token the unverified token of the request, or null
   * @return fails with {@code UNAUTHENTICATED} or {@code FORBIDDEN}
   */
  Future<Recognition> admit(String token);

  /** Admits only other services. */
  static Authorization forServices(TokenVerifier verifier) {
    return token -> verifier.verify(token).map(Caller::requireService).map(Recognition::of);
  }

  /** Admits users with one of the roles, or any user if no roles are given. */
  static Authorization forUsers(TokenVerifier verifier, Set<String> roles) {
    return token ->
        verifier
            .verify(token)
            .map(
                caller -> {
                  authorize(caller.requireUser(), roles);
                  return Recognition.of(caller);
                });
  }

  /** Admits the callers that the description of an operation allows. */
  static Authorization of(TokenVerifier verifier, OperationDescription operation) {
    return switch (operation.authentication()) {
      case NONE -> token -> Future.succeededFuture(Recognition.ANONYMOUS);
      case OPTIONAL -> verifier::recognize;
      case REQUIRED -> forUsers(verifier, operation.roles());
    };
  }

  /**
   * Checks that a caller may use an operation of an API description.
   *
   * @throws ServiceException {@code UNAUTHENTICATED} or {@code FORBIDDEN}
   */
  static void authorize(Caller caller, OperationDescription operation) {
    if (operation.authentication() == Authentication.REQUIRED) {
      authorize(caller, operation.roles());
    }
  }

  private static void authorize(Caller caller, Set<String> roles) {
    if (!caller.isUser()) {
      throw new ServiceException(CommonError.UNAUTHENTICATED);
    }
    if (!roles.isEmpty() && roles.stream().noneMatch(caller.roles()::contains)) {
      throw new ServiceException(CommonError.FORBIDDEN);
    }
  }
}
