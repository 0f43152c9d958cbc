package org.tradepost.auth.login;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.tradepost.auth.login.LoginAttempt.Counter;
import org.tradepost.platform.sql.Database;

/** Failed logins in the database, so that all instances count them together. */
public final class LoginFailureRepository {

  private static final String REMAINING =
      """
      select coalesce(max(ceil(extract(epoch from blocked_until - now()))), 0)::integer as seconds
      from login_failure
      where email_hash = any ($1) and blocked_until > now()
      """;

  /** The count including this failure, without the failures that are forgotten by now. */
  private static final String FAILURES =
      """
      (1 + greatest(0,
        known.failures - floor(extract(epoch from now() - known.failed_at) / $3)::integer))\
      """;

  /**
   * Counts a failure, unless the counter blocks. The delay after the last free failure is one
   * second. It doubles with each further failure, up to fifteen minutes.
   */
  private static final String COUNT =
      """
      insert into login_failure as known (email_hash, failures, failed_at)
      values ($1, 1, now())
      on conflict (email_hash) do update
      set failures = %s,
        failed_at = now(),
        blocked_until = case when %s >= $2
          then now() + make_interval(secs => least(900, 2 ^ least(%s - $2, 10))) end
      where known.blocked_until is null or known.blocked_until <= now()
      """
          .formatted(FAILURES, FAILURES, FAILURES);

  private static final String FORGET =
      """
      delete from login_failure
      where email_hash = $1 and (blocked_until is null or blocked_until <= now())
      """;

  private static final int ROWS_AT_ONCE = 500;

  private static final String PRUNE =
      """
      delete from login_failure
      where email_hash in (
        select email_hash from login_failure
        where failed_at < now() - interval '1 day'
        limit $1)
      """;

  private final Database database;

  public LoginFailureRepository(Database database) {
    this.database = database;
  }

  /** Returns the seconds for which the attempt must wait; 0 for none. */
  Future<Integer> remaining(LoginAttempt attempt) {
    var keys = attempt.counters().stream().map(Counter::key).toArray(Buffer[]::new);
    return database
        .query(REMAINING, Tuple.tuple().addArrayOfBuffer(keys))
        .map(LoginFailureRepository::seconds);
  }

  /** Counts a failure; false if one of the counters has started to block in the meantime. */
  public Future<Boolean> count(LoginAttempt attempt) {
    var counted = Future.succeededFuture(true);
    for (var counter : attempt.counters()) {
      counted = counted.compose(before -> before ? count(counter) : Future.succeededFuture(false));
    }
    return counted;
  }

  private Future<Boolean> count(Counter counter) {
    return database
        .query(COUNT, Tuple.of(counter.key(), counter.freeFailures(), counter.forgetSeconds()))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Resets the first counter of an attempt, unless it blocks. */
  Future<Void> forget(LoginAttempt attempt) {
    return database.query(FORGET, Tuple.of(attempt.counters().get(0).key())).mapEmpty();
  }

  /** Removes some counters that have had no failure for a day; true if more may be due. */
  public Future<Boolean> prune() {
    return database
        .query(PRUNE, Tuple.of(ROWS_AT_ONCE))
        .map(rows -> rows.rowCount() == ROWS_AT_ONCE);
  }

  private static int seconds(RowSet<Row> rows) {
    return rows.iterator().next().getInteger("seconds");
  }
}
