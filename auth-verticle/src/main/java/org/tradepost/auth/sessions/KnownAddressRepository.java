package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.tradepost.platform.sql.Database;

/** The addresses from which each account was used, in the database. */
public final class KnownAddressRepository {

  /** Writes at most once a day for an address, although it runs at every login and refresh. */
  private static final String REMEMBER =
      """
      insert into known_place as known (account_id, place)
      values ($1, %s)
      on conflict (account_id, place) do update set seen_at = now()
      where known.seen_at < now() - interval '1 day'
      """
          .formatted(addressHash("$1::uuid", "$2::text"));

  private static final String LIMIT =
      """
      delete from known_place
      where account_id = $1 and place in (
        select place from known_place where account_id = $1 order by seen_at desc, place offset 20)
      """;

  private static final int ROWS_AT_ONCE = 500;

  private static final String PRUNE =
      """
      delete from known_place
      where (account_id, place) in (
        select account_id, place from known_place
        where seen_at < now() - interval '90 days'
        limit $1)
      """;

  private final Database database;

  public KnownAddressRepository(Database database) {
    this.database = database;
  }

  /**
   * Returns SQL for the column {@code place}: a hash of the address that depends on the account, so
   * that it does not reveal which accounts share an address.
   *
   * @param account SQL for the id of the account
   * @param client SQL for the text that identifies the address; never empty in the table
   */
  public static String addressHash(String account, String client) {
    return "sha256(convert_to(%s || chr(10) || %s, 'UTF8'))".formatted(account, client);
  }

  /**
   * Remembers that an account was used from an address; keeps the last twenty of each account.
   * Never fails: the login has succeeded, and the next one is merely treated as one from an unknown
   * address.
   */
  public Future<Void> remember(UUID account, String client) {
    if (client.isEmpty()) {
      return Future.succeededFuture();
    }
    return database
        .query(REMEMBER, Tuple.of(account, client))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.<Void>succeededFuture()
                    : database.query(LIMIT, Tuple.of(account)).<Void>mapEmpty())
        .otherwiseEmpty();
  }

  /** Removes some addresses that were not used for a long time; true if more may be due. */
  public Future<Boolean> prune() {
    return database
        .query(PRUNE, Tuple.of(ROWS_AT_ONCE))
        .map(rows -> rows.rowCount() == ROWS_AT_ONCE);
  }
}
