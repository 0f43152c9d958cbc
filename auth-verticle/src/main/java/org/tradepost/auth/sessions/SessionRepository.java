package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.contract.auth.AuthContract.Session;
import org.tradepost.platform.sql.Database;

/** Sessions in the database: open, list and end them. */
public final class SessionRepository {

  /**
   * Locks the account, so that no change of password or roles goes unnoticed between the check of
   * the password and the session: either it is seen here, or it sees the session and ends it.
   *
   * <p>If there are too many sessions, each login ends some of the oldest, so that one statement
   * can always end all sessions of an account. Sessions that another login is ending are skipped.
   */
  private static final String OPEN =
      """
      with holder as (
        select id, roles from account
        where id = $1 and password_hash = $2 and not disabled
        for share),
      opened as (
        insert into session (id, account_id, expires_at, access_expires_at)
        select $3, id, now() + make_interval(secs => $4), now() + make_interval(secs => $5)
        from holder
        returning id, account_id, expires_at),
      issued as (
        insert into refresh_token (hash, session_id, expires_at)
        select $6, id, expires_at from opened),
      oldest as (
        select session.id from session join holder on holder.id = account_id
        where ended_at is null
        order by session.created_at desc, session.id desc
        offset $7 limit 100),
      ended as (
        update session
        set ended_at = now()
        where id in (
          select id from session
          where id in (select id from oldest) and ended_at is null
          for update skip locked))
      select opened.id as session_id, account_id, roles, now() as at
      from opened join holder on holder.id = account_id
      """;

  private static final String END =
      """
      update session
      set ended_at = now()
      where id = $1 and account_id = $2 and ended_at is null and expires_at > now()
      """;

  private static final String END_OF_TOKEN =
      """
      update session
      set ended_at = now()
      where id = (select session_id from refresh_token where hash = $1) and ended_at is null
      """;

  private static final String END_ALL =
      """
      update session
      set ended_at = now()
      where account_id = $1 and id is distinct from $2 and ended_at is null
      """;

  private static final String LIST =
      """
      select id, created_at, last_used_at, expires_at
      from session
      where account_id = $1 and ended_at is null and expires_at > now()
        and (created_at, id) < ($2, $3)
      order by created_at desc, id desc
      limit $4
      """;

  /** A verifier's clock may be a minute behind, and it accepts tokens a few seconds longer. */
  private static final String REVOKED =
      """
      select id
      from session
      where ended_at is not null and access_expires_at > now() - interval '2 minutes'
      """;

  /** The maximum number of open sessions of an account. */
  private static final int MAX_OPEN_SESSIONS = 1_000;

  /** The maximum number of rows that one housekeeping step removes from a table. */
  private static final int ROWS_AT_ONCE = 500;

  private static final String PRUNE_TOKENS =
      """
      delete from refresh_token
      where hash in (
        select hash from refresh_token where expires_at < now() - interval '1 hour' limit $1)
      """;

  private static final String FINISHED =
      """
      select id
      from session
      where expires_at < now() - interval '1 hour'
        or (ended_at is not null and access_expires_at < now() - interval '1 hour')
      limit $1
      """;

  private static final String PRUNE_TOKENS_OF =
      """
      delete from refresh_token
      where hash in (select hash from refresh_token where session_id = any ($1) limit $2)
      """;

  private static final String PRUNE = "delete from session where id = any ($1)";

  private final Database database;
  private final TokenLifetimes lifetimes;

  public SessionRepository(Database database, TokenLifetimes lifetimes) {
    this.database = database;
    this.lifetimes = lifetimes;
  }

  /**
   * Opens a session.
   *
   * @param passwordHash the hash that the password was checked against
   * @return empty if the account has since been disabled or its password changed
   */
  public Future<Optional<Grant>> open(UUID account, String passwordHash, Buffer tokenHash) {
    var parameters =
        Tuple.of(
            account,
            passwordHash,
            UUID.randomUUID(),
            (double) lifetimes.refresh().toSeconds(),
            (double) lifetimes.access().toSeconds(),
            tokenHash,
            MAX_OPEN_SESSIONS - 1);
    return database.transaction(OPEN, parameters).map(SessionRepository::grant);
  }

  /** Ends one session of an account; false if the account has no such session. */
  Future<Boolean> end(UUID session, UUID account) {
    return database.query(END, Tuple.of(session, account)).map(rows -> rows.rowCount() > 0);
  }

  /** Ends the session that a refresh token belongs to; false if there is none. */
  Future<Boolean> endOf(Buffer tokenHash) {
    return database.query(END_OF_TOKEN, Tuple.of(tokenHash)).map(rows -> rows.rowCount() > 0);
  }

  /** Ends an account's sessions in a transaction, except {@code except} unless that is null. */
  public static Future<Void> endAll(SqlConnection connection, UUID account, UUID except) {
    return connection.preparedQuery(END_ALL).execute(Tuple.of(account, except)).mapEmpty();
  }

  /** Returns the live sessions of an account, newest first. */
  Future<List<Session>> list(UUID account, SessionCursor after, int limit, String current) {
    return database
        .query(LIST, Tuple.of(account, after.createdAt(), after.id(), limit))
        .map(rows -> rows.stream().map(row -> session(row, current)).toList());
  }

  /** Returns the ended sessions whose access tokens may not have expired. */
  public Future<List<String>> revoked() {
    return database
        .query(REVOKED)
        .map(rows -> rows.stream().map(row -> row.getUUID("id").toString()).toList());
  }

  /**
   * Removes some expired tokens and finished sessions; true if more may be due. The tokens of a
   * session are removed before it, since there may be more than one statement can remove.
   */
  public Future<Boolean> prune() {
    return database
        .query(PRUNE_TOKENS, Tuple.of(ROWS_AT_ONCE))
        .compose(
            tokens ->
                tokens.rowCount() == ROWS_AT_ONCE ? Future.succeededFuture(true) : pruneSessions());
  }

  private Future<Boolean> pruneSessions() {
    return database
        .query(FINISHED, Tuple.of(ROWS_AT_ONCE))
        .compose(
            rows -> {
              var ids = rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
              return ids.length == 0 ? Future.succeededFuture(false) : prune(ids);
            });
  }

  private Future<Boolean> prune(UUID[] sessions) {
    return database
        .query(PRUNE_TOKENS_OF, Tuple.tuple().addArrayOfUUID(sessions).addInteger(ROWS_AT_ONCE))
        .compose(
            tokens ->
                tokens.rowCount() == ROWS_AT_ONCE
                    ? Future.succeededFuture(true)
                    : database
                        .query(PRUNE, Tuple.tuple().addArrayOfUUID(sessions))
                        .map(done -> sessions.length == ROWS_AT_ONCE));
  }

  static Optional<Grant> grant(RowSet<Row> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Grant(
                    row.getUUID("session_id"),
                    row.getUUID("account_id"),
                    List.of(row.getArrayOfStrings("roles")),
                    row.get(OffsetDateTime.class, "at").toInstant()));
  }

  private static Session session(Row row, String current) {
    var id = row.getUUID("id");
    return new Session(
        id,
        row.get(OffsetDateTime.class, "created_at").toInstant(),
        row.get(OffsetDateTime.class, "last_used_at").toInstant(),
        row.get(OffsetDateTime.class, "expires_at").toInstant(),
        id.toString().equals(current));
  }
}
