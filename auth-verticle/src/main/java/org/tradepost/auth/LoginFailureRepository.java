package org.tradepost.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import org.tradepost.common.runtime.Database;

/** Failed logins in the database, so that all instances count them together. */
final class LoginFailureRepository {

  private static final String REMAINING =
      """
      select ceil(extract(epoch from blocked_until - now()))::integer as seconds
      from login_failure
      where email_hash = $1 and blocked_until > now()
      """;

  /**
   * Counts a failure, but none while the email is blocked. The delay after the fifth is a second,
   * and doubles with each further one up to fifteen minutes.
   */
  private static final String COUNT =
      """
      insert into login_failure as known (email_hash, failures, failed_at)
      values ($1, 1, now())
      on conflict (email_hash) do update
      set failures = known.failures + 1,
        failed_at = now(),
        blocked_until = case when known.failures >= 4
          then now() + make_interval(secs => least(900, 2 ^ least(known.failures - 4, 10))) end
      where known.blocked_until is null or known.blocked_until <= now()
      """;

  private static final String FORGET =
      """
      delete from login_failure
      where email_hash = $1 and (blocked_until is null or blocked_until <= now())
      """;

  private static final String PRUNE =
      "delete from login_failure where failed_at < now() - interval '1 day'";

  private final Database database;

  LoginFailureRepository(Database database) {
    this.database = database;
  }

  /** Seconds for which the email is blocked, 0 when it is not. */
  Future<Integer> remaining(Email email) {
    return database.query(REMAINING, hash(email)).map(LoginFailureRepository::seconds);
  }

  /** Counts a failure; false when the email was blocked meanwhile. */
  Future<Boolean> count(Email email) {
    return database.query(COUNT, hash(email)).map(rows -> rows.rowCount() > 0);
  }

  /** Forgets the failures of an email, unless it is blocked. */
  Future<Void> forget(Email email) {
    return database.query(FORGET, hash(email)).mapEmpty();
  }

  /** Forgets the failures that nothing came after for a day. */
  Future<Void> prune() {
    return database.query(PRUNE).mapEmpty();
  }

  private static Tuple hash(Email email) {
    Buffer hash = Sha256.of(email.key().getBytes(StandardCharsets.UTF_8));
    return Tuple.of(hash);
  }

  private static int seconds(RowSet<Row> rows) {
    for (var row : rows) {
      return row.getInteger("seconds");
    }
    return 0;
  }
}
