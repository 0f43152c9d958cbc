package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.platform.sql.Database;

/**
 * Rotates refresh tokens: each can be used once. A second use ends the session, since it means that
 * two parties hold the token (RFC 9700, 4.14.2). After a day, a second use is only rejected.
 *
 * <p>For 30 seconds, a second use counts as a retry after a lost response, and gives another token.
 * A client may wait a third of that for one response. All such tokens are valid until one of them
 * is used. That invalidates the others, so two parties can never both continue.
 */
public final class TokenRotationRepository {

  /** The outcome of the use of a refresh token. */
  record Outcome(Optional<Grant> grant, boolean reused) {
    static final Outcome REJECTED = new Outcome(Optional.empty(), false);
    static final Outcome REUSED = new Outcome(Optional.empty(), true);
  }

  /** Locks the session, so that its changes happen one after the other. */
  private static final String LOCK =
      """
      select id
      from session
      where id = (select session_id from refresh_token where hash = $1)
      for update
      """;

  private static final String STATE =
      """
      select
        used_at is null as unused,
        used_at > now() - interval '30 seconds' as in_grace,
        ended_at is null and token.expires_at > now() and not disabled as live
      from refresh_token token
        join session on session.id = session_id
        join account on account.id = account_id
      where hash = $1
      """;

  /**
   * The session's other unused tokens get no grace: using one of them cannot be a retry. A used
   * token is only remembered for a day, since a client can use any number of them.
   */
  private static final String MARK_USED =
      """
      update refresh_token
      set used_at = case when hash = $2 then now() else now() - interval '30 seconds' end,
        expires_at = least(expires_at, now() + interval '1 day')
      where session_id = $1 and used_at is null
      """;

  private static final String END = "update session set ended_at = now() where id = $1";

  /** An earlier access token may outlive the new one, if a longer lifetime was set then. */
  private static final String ISSUE =
      """
      with extended as (
        update session
        set last_used_at = now(),
          expires_at = now() + make_interval(secs => $2),
          access_expires_at = greatest(access_expires_at, now() + make_interval(secs => $3))
        where id = $1
        returning id, account_id, expires_at),
      issued as (
        insert into refresh_token (hash, session_id, expires_at)
        select $4, id, expires_at from extended)
      select extended.id as session_id, account_id, roles, now() as at
      from extended join account on account.id = account_id
      """;

  private final Database database;
  private final TokenLifetimes lifetimes;

  public TokenRotationRepository(Database database, TokenLifetimes lifetimes) {
    this.database = database;
    this.lifetimes = lifetimes;
  }

  /** Replaces the used token by a new one, rejects it, or ends the session. */
  Future<Outcome> rotate(Buffer used, Buffer replacement) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(used))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(Outcome.REJECTED)
                            : rotate(
                                connection,
                                rows.iterator().next().getUUID("id"),
                                used,
                                replacement)));
  }

  private Future<Outcome> rotate(
      SqlConnection connection, UUID session, Buffer used, Buffer replacement) {
    return connection
        .preparedQuery(STATE)
        .execute(Tuple.of(used))
        .compose(
            rows -> {
              var state = rows.iterator().next();
              if (!state.getBoolean("live")) {
                return Future.succeededFuture(Outcome.REJECTED);
              }
              if (state.getBoolean("unused")) {
                return run(connection, MARK_USED, Tuple.of(session, used))
                    .compose(done -> issue(connection, session, replacement));
              }
              return state.getBoolean("in_grace")
                  ? issue(connection, session, replacement)
                  : run(connection, END, Tuple.of(session)).map(Outcome.REUSED);
            });
  }

  private Future<Outcome> issue(SqlConnection connection, UUID session, Buffer replacement) {
    var parameters =
        Tuple.of(
            session,
            (double) lifetimes.refresh().toSeconds(),
            (double) lifetimes.access().toSeconds(),
            replacement);
    return connection
        .preparedQuery(ISSUE)
        .execute(parameters)
        .map(rows -> new Outcome(SessionRepository.grant(rows), false));
  }

  private static Future<Void> run(SqlConnection connection, String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters).mapEmpty();
  }
}
