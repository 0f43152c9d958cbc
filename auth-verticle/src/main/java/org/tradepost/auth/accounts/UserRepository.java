package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.auth.sessions.SessionRepository;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.platform.sql.Database;

/** Changes that administrators make to accounts in the database. */
public final class UserRepository {

  /** Serializes changes, so that two administrators cannot demote each other at once. */
  private static final String LOCK = "select pg_advisory_xact_lock(7305002)";

  private static final String READ =
      "select" + AccountRepository.COLUMNS + "from account where id = $1 for update";

  private static final String OTHER_ADMINISTRATOR =
      "select 1 from account where 'admin' = any (roles) and not disabled and id <> $1 limit 1";

  private static final String UPDATE =
      "update account set roles = $2, disabled = $3 where id = $1 returning"
          + AccountRepository.COLUMNS;

  /** An account, and whether the update changed anything. */
  record Updated(StoredAccount account, boolean changed) {}

  private final Database database;

  public UserRepository(Database database) {
    this.database = database;
  }

  /**
   * Changes the roles and state of an account, and ends its sessions if anything has changed.
   *
   * @param roles null to keep them
   * @param disabled null to keep the state
   * @return empty if there is no such account; fails with {@code LAST_ADMINISTRATOR}
   */
  Future<Optional<Updated>> update(UUID id, List<String> roles, Boolean disabled) {
    return database.transaction(
        connection ->
            connection
                .query(LOCK)
                .execute()
                .compose(locked -> connection.preparedQuery(READ).execute(Tuple.of(id)))
                .map(AccountRepository::first)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : update(
                                    connection,
                                    found.get(),
                                    roles == null ? found.get().roles() : roles,
                                    disabled == null ? found.get().disabled() : disabled)
                                .map(Optional::of)));
  }

  private static Future<Updated> update(
      SqlConnection connection, StoredAccount account, List<String> roles, boolean disabled) {
    if (account.roles().equals(roles) && account.disabled() == disabled) {
      return Future.succeededFuture(new Updated(account, false));
    }
    var wasAdministrator = account.roles().contains(Caller.ADMIN) && !account.disabled();
    var isAdministrator = roles.contains(Caller.ADMIN) && !disabled;
    var allowed =
        wasAdministrator && !isAdministrator
            ? rejectLastAdministrator(connection, account.id())
            : Future.<Void>succeededFuture();
    var parameters =
        Tuple.of(account.id()).addArrayOfString(roles.toArray(String[]::new)).addBoolean(disabled);
    return allowed
        .compose(done -> connection.preparedQuery(UPDATE).execute(parameters))
        .map(rows -> AccountRepository.first(rows).orElseThrow())
        .compose(
            updated ->
                SessionRepository.endAll(connection, updated.id(), null)
                    .map(new Updated(updated, true)));
  }

  private static Future<Void> rejectLastAdministrator(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(OTHER_ADMINISTRATOR)
        .execute(Tuple.of(id))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(new ServiceException(AuthError.LAST_ADMINISTRATOR)));
  }
}
