package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.bus.Answer;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.contract.auth.AuthContract.EndSession;
import org.tradepost.common.contract.auth.AuthContract.ListSessions;
import org.tradepost.common.contract.auth.AuthContract.Logout;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.SessionPage;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** Sessions: what one login began, and the tokens that keep it going. */
public final class Sessions {

  private final SessionRepository sessions;
  private final RotationRepository rotations;
  private final KnownPlaceRepository places;
  private final AccessTokens accessTokens;
  private final TrustPublication trust;

  public Sessions(
      SessionRepository sessions,
      RotationRepository rotations,
      KnownPlaceRepository places,
      AccessTokens accessTokens,
      TrustPublication trust) {
    this.sessions = sessions;
    this.rotations = rotations;
    this.places = places;
    this.accessTokens = accessTokens;
    this.trust = trust;
  }

  /** The id of the account that a call's session belongs to. */
  public static UUID accountOf(Call call) {
    return UUID.fromString(call.caller().subject());
  }

  /**
   * Opens a session of an account.
   *
   * @param passwordHash the hash that the password was checked against
   * @return fails with {@code INVALID_CREDENTIALS} when the account has another one by now
   */
  public Future<Answer<Tokens>> open(UUID account, String passwordHash, Call call) {
    var token = RefreshToken.random();
    return sessions
        .open(account, passwordHash, token.hash())
        .compose(
            grant ->
                grant
                    .map(granted -> tokens(granted, token, call))
                    .orElseGet(() -> refused(ErrorCode.INVALID_CREDENTIALS)));
  }

  public Future<Answer<Tokens>> refresh(Refresh request, Call call) {
    var used = RefreshToken.of(request.refreshToken());
    var given = RefreshToken.random();
    return rotations
        .rotate(used.hash(), given.hash())
        .onSuccess(outcome -> trust.changed(outcome.reused()))
        .compose(
            outcome ->
                outcome
                    .grant()
                    .map(granted -> tokens(granted, given, call))
                    .orElseGet(() -> refused(ErrorCode.INVALID_REFRESH_TOKEN)));
  }

  public Future<Nothing> logout(Logout request, Call call) {
    return sessions
        .endOf(RefreshToken.of(request.refreshToken()).hash())
        .onSuccess(trust::changed)
        .mapEmpty();
  }

  public Future<SessionPage> list(ListSessions request, Call call) {
    var limit = request.limit();
    var account = accountOf(call);
    return sessions
        .list(
            account,
            SessionPlace.read(request.cursor(), account),
            limit + 1,
            call.caller().session())
        .map(
            found ->
                found.size() <= limit
                    ? new SessionPage(found, null)
                    : new SessionPage(
                        found.subList(0, limit),
                        SessionPlace.cursor(found.get(limit - 1), account)));
  }

  public Future<Nothing> end(EndSession request, Call call) {
    return sessions
        .end(request.id(), accountOf(call))
        .onSuccess(trust::changed)
        .compose(ended -> ended ? Future.succeededFuture() : refused(ErrorCode.NOT_FOUND));
  }

  private Future<Answer<Tokens>> tokens(Grant grant, RefreshToken refreshToken, Call call) {
    return places
        .remember(grant.account(), call.client())
        .compose(remembered -> accessTokens.sign(grant))
        .map(
            accessToken ->
                new Answer<>(
                    new Tokens(
                        accessToken,
                        "Bearer",
                        accessTokens.lifetime().toSeconds(),
                        refreshToken.text()),
                    Map.of("cache-control", "no-store")));
  }

  private static <T> Future<T> refused(ErrorCode code) {
    return Future.failedFuture(new ServiceException(code));
  }
}
