package org.tradepost.auth.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.tradepost.common.contract.auth.AuthContract.Rotation;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Database;

/** The signing keys in the database, which all instances share. */
public final class SigningKeyRepository {

  /** Held while a key is added, so that two instances never add one for the same reason. */
  private static final String LOCK = "select pg_advisory_xact_lock(7305001)";

  private static final String EXISTS =
      "select 1 from signing_key where published_until is null limit 1";

  /**
   * The latest key is pending until it begins to sign. If it begins after the lead time, it was
   * added while the database's clock was ahead, and is not pending.
   */
  private static final String LATEST =
      """
      select kid, active_from,
             active_from > now() and active_from <= clock_timestamp() + make_interval(secs => $1) as pending
      from signing_key
      where published_until is null
      """;

  private static final String RETIRE_OTHERS =
      """
      update signing_key
      set published_until = now() + make_interval(secs => $1)
      where published_until is null
      """;

  private static final String INSERT =
      """
      insert into signing_key (kid, jwk, private_key, active_from)
      values ($1, $2, $3, now() + make_interval(secs => $4))
      returning kid, active_from
      """;

  /**
   * Selects the newest published key that already signs. If there is none because the database's
   * clock was set back, selects the first that will sign.
   */
  private static final String CURRENT =
      """
      select kid
      from signing_key
      where published_until is null or published_until > now()
      order by active_from > now(), abs(extract(epoch from active_from - now()))
      limit 1
      """;

  private static final String READ = "select kid, jwk, private_key from signing_key where kid = $1";

  private static final String PUBLISHED =
      """
      select jwk
      from signing_key
      where published_until is null or published_until > now()
      order by active_from, kid
      """;

  private static final String PRUNE = "delete from signing_key where published_until < now()";

  private final Database database;

  public SigningKeyRepository(Database database) {
    this.database = database;
  }

  /** Whether there is a key that has not been replaced. */
  Future<Boolean> exists() {
    return database.query(EXISTS).map(rows -> rows.size() > 0);
  }

  /** Adds the first key, unless another instance was faster. */
  public Future<Void> addFirst(SigningKey key) {
    return database.transaction(
        connection ->
            lock(connection)
                .compose(locked -> connection.query(EXISTS).execute())
                .compose(
                    rows ->
                        rows.size() > 0
                            ? Future.succeededFuture()
                            : insert(connection, key, Duration.ZERO))
                .mapEmpty());
  }

  /**
   * The key that was added last.
   *
   * @param pending whether it does not sign yet
   */
  record Latest(Rotation rotation, boolean pending) {
    String kid() {
      return rotation.kid();
    }
  }

  /**
   * Returns the key that was added last.
   *
   * @param lead the longest time until a key begins to sign
   */
  Future<Latest> latest(Duration lead) {
    return database.query(LATEST, seconds(lead)).map(SigningKeyRepository::latest);
  }

  /**
   * Adds a key that replaces all others. If the last key has already been replaced, returns the key
   * that replaced it instead.
   *
   * @param replaced the id of the key to replace
   * @param lead the time until the key begins to sign
   * @param overlap how much longer the others stay published
   */
  Future<Rotation> replace(String replaced, SigningKey key, Duration lead, Duration overlap) {
    return database.transaction(
        connection ->
            lock(connection)
                .compose(locked -> connection.preparedQuery(LATEST).execute(seconds(lead)))
                .map(SigningKeyRepository::latest)
                .compose(
                    latest ->
                        latest.kid().equals(replaced)
                            ? connection
                                .preparedQuery(RETIRE_OTHERS)
                                .execute(seconds(lead.plus(overlap)))
                                .compose(done -> insert(connection, key, lead))
                            : Future.succeededFuture(latest.rotation())));
  }

  /** Returns the id of the key to sign with now. */
  Future<String> current() {
    return database.query(CURRENT).map(rows -> rows.iterator().next().getString("kid"));
  }

  Future<SigningKey> read(String kid) {
    return database
        .query(READ, Tuple.of(kid))
        .map(
            rows -> {
              var row = rows.iterator().next();
              return SigningKey.read(
                  row.getString("kid"),
                  row.getString("jwk"),
                  row.getBuffer("private_key").getBytes());
            });
  }

  /** Returns the public keys of all tokens that may be valid, and of the next tokens. */
  Future<List<JsonNode>> published() {
    return database
        .query(PUBLISHED)
        .map(
            rows ->
                rows.stream()
                    .map(row -> WireJson.read(row.getString("jwk"), JsonNode.class))
                    .toList());
  }

  /** Removes keys that no valid token was signed with. */
  public Future<Void> prune() {
    return database.query(PRUNE).mapEmpty();
  }

  private static Tuple seconds(Duration duration) {
    return Tuple.of((double) duration.toSeconds());
  }

  private static Future<RowSet<Row>> lock(SqlConnection connection) {
    return connection.query(LOCK).execute();
  }

  private static Future<Rotation> insert(SqlConnection connection, SigningKey key, Duration lead) {
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                key.kid(),
                key.jwk().toString(),
                Buffer.buffer(key.privateKey().getEncoded()),
                (double) lead.toSeconds()))
        .map(rows -> rotation(rows.iterator().next()));
  }

  private static Latest latest(RowSet<Row> rows) {
    var row = rows.iterator().next();
    return new Latest(rotation(row), row.getBoolean("pending"));
  }

  private static Rotation rotation(Row row) {
    return new Rotation(
        row.getString("kid"), row.get(OffsetDateTime.class, "active_from").toInstant());
  }
}
