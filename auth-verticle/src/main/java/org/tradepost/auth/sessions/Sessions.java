package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthContract.EndSession;
import org.tradepost.common.contract.auth.AuthContract.EndUserSession;
import org.tradepost.common.contract.auth.AuthContract.ListSessions;
import org.tradepost.common.contract.auth.AuthContract.ListUserSessions;
import org.tradepost.common.contract.auth.AuthContract.Logout;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.SessionPage;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** The operations on sessions: open, refresh, list and end them. */
public final class Sessions {

  private final SessionRepository sessions;
  private final TokenRotationRepository rotations;
  private final KnownAddressRepository addresses;
  private final AccessTokens accessTokens;
  private final TrustPublisher trust;

  public Sessions(
      SessionRepository sessions,
      TokenRotationRepository rotations,
      KnownAddressRepository addresses,
      AccessTokens accessTokens,
      TrustPublisher trust) {
    this.sessions = sessions;
    this.rotations = rotations;
    this.addresses = addresses;
    this.accessTokens = accessTokens;
    this.trust = trust;
  }

  /** Returns the id of the account that a call's session belongs to. */
  public static UUID accountOf(RequestContext call) {
    return UUID.fromString(call.caller().subject());
  }

  /**
   * Opens a session of an account.
   *
   * @param passwordHash the hash that the password was checked against
   * @return fails with {@code INVALID_CREDENTIALS} if that is outdated or the account disabled
   */
  public Future<Tokens> open(UUID account, String passwordHash, RequestContext call) {
    var token = RefreshToken.random();
    return accessTokens
        .key()
        .compose(
            key ->
                sessions
                    .open(account, passwordHash, token.hash())
                    .compose(
                        grant ->
                            grant
                                .map(granted -> tokens(key, granted, token, call))
                                .orElseGet(() -> rejected(AuthError.INVALID_CREDENTIALS))));
  }

  public Future<Tokens> refresh(Refresh request, RequestContext call) {
    var used = RefreshToken.of(request.refreshToken());
    var replacement = RefreshToken.random();
    // The key first: if it failed afterwards, the client would have a used token and no new one.
    return accessTokens
        .key()
        .compose(
            key ->
                rotations
                    .rotate(used.hash(), replacement.hash())
                    .onSuccess(outcome -> trust.changedIf(outcome.reused()))
                    .compose(
                        outcome ->
                            outcome
                                .grant()
                                .map(granted -> tokens(key, granted, replacement, call))
                                .orElseGet(() -> rejected(AuthError.INVALID_REFRESH_TOKEN))));
  }

  public Future<Empty> logout(Logout request, RequestContext call) {
    return sessions
        .endOf(RefreshToken.of(request.refreshToken()).hash())
        .onSuccess(trust::changedIf)
        .mapEmpty();
  }

  public Future<SessionPage> list(ListSessions request, RequestContext call) {
    return page(accountOf(call), request.limit(), request.cursor(), call);
  }

  /** Returns the sessions of any account. */
  public Future<SessionPage> listOfUser(ListUserSessions request, RequestContext call) {
    return page(request.id(), request.limit(), request.cursor(), call);
  }

  private Future<SessionPage> page(UUID account, int limit, String cursor, RequestContext call) {
    return sessions
        .list(account, SessionCursor.read(cursor, account), limit + 1, call.caller().session())
        .map(
            found ->
                found.size() <= limit
                    ? new SessionPage(found, null)
                    : new SessionPage(
                        found.subList(0, limit),
                        SessionCursor.cursor(found.get(limit - 1), account)));
  }

  public Future<Empty> end(EndSession request, RequestContext call) {
    return end(request.id(), accountOf(call));
  }

  public Future<Empty> endOfUser(EndUserSession request, RequestContext call) {
    return end(request.session(), request.id());
  }

  private Future<Empty> end(UUID session, UUID account) {
    return sessions
        .end(session, account)
        .onSuccess(trust::changedIf)
        .compose(ended -> ended ? Future.succeededFuture() : rejected(CommonError.NOT_FOUND));
  }

  private Future<Tokens> tokens(
      SigningKey key, Grant grant, RefreshToken refreshToken, RequestContext call) {
    // Not awaited, so that it cannot delay the tokens.
    addresses.remember(grant.account(), call.client());
    return accessTokens
        .sign(key, grant)
        .map(
            accessToken ->
                new Tokens(
                    accessToken,
                    "Bearer",
                    accessTokens.lifetime().toSeconds(),
                    refreshToken.text()));
  }

  private static <T> Future<T> rejected(ErrorCode code) {
    return Future.failedFuture(new ServiceException(code));
  }
}
