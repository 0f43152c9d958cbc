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
import java.util.Optional;
import org.tradepost.common.contract.auth.AuthContract.Rotation;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Database;

/** The signing keys in the database, which all instances share. */
public final class SigningKeyRepository {

  /** Held while a key is added, so that two instances never add one for the same reason. */
  private static final String LOCK = "select pg_advisory_xact_lock(7305001)";

  private static final String EXISTS =
      "select 1 from signing_key where published_until is null limit 1";

  /** A later key was added while the database's clock was ahead, and is replaced. */
  private static final String PENDING =
      """
      select kid, active_from
      from signing_key
      where active_from > now() and published_until is null
        and active_from <= clock_timestamp() + make_interval(secs => $1)
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
   * Selects the last published key that is already in use. If the database's clock was set back and
   * there is none, selects the first that will be.
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

  /** Whether there is a key that was not replaced. */
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
   * The key that was added but signs nothing yet.
   *
   * @param lead the longest time until it begins to sign
   */
  Future<Optional<Rotation>> pending(Duration lead) {
    return database.query(PENDING, seconds(lead)).map(SigningKeyRepository::rotation);
  }

  /**
   * Adds a key that replaces all others. If one is already pending, returns that one.
   *
   * @param lead the time until it begins to sign
   * @param overlap how much longer the others stay published
   */
  Future<Rotation> add(SigningKey key, Duration lead, Duration overlap) {
    return database.transaction(
        connection ->
            lock(connection)
                .compose(locked -> connection.preparedQuery(PENDING).execute(seconds(lead)))
                .map(SigningKeyRepository::rotation)
                .compose(
                    pending ->
                        pending
                            .map(Future::succeededFuture)
                            .orElseGet(
                                () ->
                                    connection
                                        .preparedQuery(RETIRE_OTHERS)
                                        .execute(seconds(lead.plus(overlap)))
                                        .compose(done -> insert(connection, key, lead)))));
  }

  /** The id of the key to sign with now. */
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

  /** The public keys of all tokens that may be valid, and of the next tokens. */
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
        .map(rows -> rotation(rows).orElseThrow());
  }

  private static Optional<Rotation> rotation(RowSet<Row> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Rotation(
                    row.getString("kid"),
                    row.get(OffsetDateTime.class, "active_from").toInstant()));
  }
}
