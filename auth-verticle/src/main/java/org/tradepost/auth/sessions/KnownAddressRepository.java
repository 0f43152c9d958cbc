package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.tradepost.platform.sql.Database;

/** The addresses at which each account was used, in the database. */
public final class KnownAddressRepository {

  private static final String FIND =
      "select 1 from known_place where account_id = $1 and place = $2";

  /** Writes at most once a day for an address, although it runs at every login and refresh. */
  private static final String REMEMBER =
      """
      insert into known_place as known (account_id, place)
      values ($1, $2)
      on conflict (account_id, place) do update set seen_at = now()
      where known.seen_at < now() - interval '1 day'
      """;

  private static final String LIMIT =
      """
      delete from known_place
      where account_id = $1 and place in (
        select place from known_place where account_id = $1 order by seen_at desc, place offset 20)
      """;

  private static final String PRUNE =
      "delete from known_place where seen_at < now() - interval '90 days'";

  private final Database database;

  public KnownAddressRepository(Database database) {
    this.database = database;
  }

  /**
   * Whether an account has been used from an address.
   *
   * @param client identifies the address; empty when it is not known
   */
  public Future<Boolean> isKnown(UUID account, String client) {
    return client.isEmpty()
        ? Future.succeededFuture(false)
        : database.query(FIND, key(account, client)).map(rows -> rows.size() > 0);
  }

  /** Remembers that an account was used from an address; keeps the last twenty of each account. */
  public Future<Void> remember(UUID account, String client) {
    if (client.isEmpty()) {
      return Future.succeededFuture();
    }
    return database
        .query(REMEMBER, key(account, client))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture()
                    : database.query(LIMIT, Tuple.of(account)).mapEmpty());
  }

  /** Removes addresses that were not used for a long time. */
  public Future<Void> prune() {
    return database.query(PRUNE).mapEmpty();
  }

  /** A hash that depends on the account, so that it does not reveal who shares an address. */
  private static Tuple key(UUID account, String client) {
    var hash = Sha256.of((account + "\n" + client).getBytes(StandardCharsets.UTF_8));
    return Tuple.of(account, hash);
  }
}
