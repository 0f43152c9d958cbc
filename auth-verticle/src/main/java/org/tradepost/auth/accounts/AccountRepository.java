package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.auth.sessions.SessionRepository;
import org.tradepost.platform.sql.Database;

/** Accounts in the database. */
public final class AccountRepository {

  static final String COLUMNS = " id, email, name, password_hash, roles, disabled, created_at ";

  private static final String INSERT =
      """
      insert into account (id, email, email_key, email_fold, name, password_hash, roles)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict do nothing
      returning\
      """
          + COLUMNS;

  private static final String BY_ID = "select" + COLUMNS + "from account where id = $1";

  /** Emails of accounts of an earlier version may fold alike; the exact key takes precedence. */
  private static final String OF_EMAIL =
      "from account where email_key = $1 or email_fold = $2 order by email_key <> $1 limit 1";

  private static final String BY_EMAIL = "select" + COLUMNS + OF_EMAIL;

  private static final String FOR_LOGIN =
      "select"
          + COLUMNS
          + """
          , exists (select from known_place where account_id = account.id and place = %s) as known
          """
              .formatted(KnownAddressRepository.addressHash("account.id", "$3::text"))
          + OF_EMAIL;

  /** If the account at the cursor is gone, starts at the stored prefix: accounts may repeat. */
  private static final String LIST =
      "select"
          + COLUMNS
          + """
          , email_key from account
          where email_key > coalesce(
            (select email_key from account where id = $3 and starts_with(email_key, $1)), $1)
          order by email_key limit $2
          """;

  private static final String RENAME =
      "update account set name = $2 where id = $1 returning" + COLUMNS;

  private static final String CHANGE_PASSWORD =
      "update account set password_hash = $3 where id = $1 and password_hash = $2";

  private final Database database;

  public AccountRepository(Database database) {
    this.database = database;
  }

  /** Creates an account; empty if the email already has one. */
  public Future<Optional<StoredAccount>> insert(
      Email email, String name, String passwordHash, List<String> roles) {
    var parameters =
        Tuple.tuple()
            .addUUID(UUID.randomUUID())
            .addString(email.address())
            .addString(email.key())
            .addString(email.fold())
            .addString(name)
            .addString(passwordHash)
            .addArrayOfString(roles.toArray(String[]::new));
    return database.query(INSERT, parameters).map(AccountRepository::first);
  }

  public Future<Optional<StoredAccount>> find(UUID id) {
    return database.query(BY_ID, Tuple.of(id)).map(AccountRepository::first);
  }

  public Future<Optional<StoredAccount>> find(Email email) {
    return database
        .query(BY_EMAIL, Tuple.of(email.key(), email.fold()))
        .map(AccountRepository::first);
  }

  /** An account, and whether it has been used from the address of the caller. */
  public record LoginAccount(StoredAccount account, boolean addressIsKnown) {}

  /**
   * Finds the account of an email, for a login.
   *
   * @param client identifies the address of the caller; empty if unknown
   */
  public Future<Optional<LoginAccount>> find(Email email, String client) {
    return database
        .query(FOR_LOGIN, Tuple.of(email.key(), email.fold(), client))
        .map(
            rows ->
                first(rows)
                    .map(
                        account ->
                            new LoginAccount(account, rows.iterator().next().getBoolean("known"))));
  }

  /** An account and the key that it is listed by. */
  record Listed(StoredAccount account, String key) {}

  /** Returns accounts after a cursor, in the order of their email keys. */
  Future<List<Listed>> list(UserCursor after, int limit) {
    return database
        .query(LIST, Tuple.of(after.key(), limit, after.id().orElse(null)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Listed(account(row), row.getString("email_key")))
                    .toList());
  }

  Future<Optional<StoredAccount>> rename(UUID id, String name) {
    return database.query(RENAME, Tuple.of(id, name)).map(AccountRepository::first);
  }

  /**
   * Replaces the password and ends all of the account's sessions except one.
   *
   * @return false if the password has changed since it was checked
   */
  public Future<Boolean> changePassword(UUID id, String oldHash, String newHash, UUID except) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(CHANGE_PASSWORD)
                .execute(Tuple.of(id, oldHash, newHash))
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : SessionRepository.endAll(connection, id, except).map(true)));
  }

  static Optional<StoredAccount> first(RowSet<Row> rows) {
    return rows.stream().map(AccountRepository::account).findFirst();
  }

  private static StoredAccount account(Row row) {
    return new StoredAccount(
        row.getUUID("id"),
        row.getString("email"),
        row.getString("name"),
        row.getString("password_hash"),
        List.of(row.getArrayOfStrings("roles")),
        row.getBoolean("disabled"),
        row.get(OffsetDateTime.class, "created_at").toInstant());
  }
}
