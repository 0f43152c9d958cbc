package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.sql.Database;

/**
 * Folds the emails of accounts of an earlier version, which ignored only case. If several fold
 * alike, one of them gets the fold; the others are still found by their own email.
 */
public final class EmailFolding {

  private static final Logger log = LoggerFactory.getLogger(EmailFolding.class);
  private static final UUID FIRST = new UUID(0, 0);

  private static final String READ =
      "select id, email from account where email_fold is null and id > $1 order by id limit 500";

  private static final String WRITE =
      """
      update account
      set email_fold = given.fold
      from (
        select distinct on (fold) id, fold
        from unnest($1::uuid[], $2::text[]) as folded (id, fold)
        order by fold, id) as given
      where account.id = given.id and email_fold is null
        and not exists (select from account as other where other.email_fold = given.fold)
      """;

  private final Database database;
  private UUID last = FIRST;

  public EmailFolding(Database database) {
    this.database = database;
  }

  /** Folds all emails. The periodic task retries those that fail. */
  public Future<Void> all() {
    return step()
        .compose(more -> more ? all() : Future.succeededFuture())
        .onFailure(failure -> log.warn("emails were not folded", failure))
        .otherwiseEmpty();
  }

  /** Folds some emails; true if there may be more. */
  public Future<Boolean> step() {
    return database.query(READ, Tuple.of(last)).compose(this::fold);
  }

  private Future<Boolean> fold(RowSet<Row> rows) {
    var ids = new ArrayList<UUID>();
    var folds = new ArrayList<String>();
    for (var row : rows) {
      ids.add(row.getUUID("id"));
      folds.add(Email.of(row.getString("email")).fold());
    }
    if (ids.isEmpty()) {
      last = FIRST;
      return Future.succeededFuture(false);
    }
    last = ids.get(ids.size() - 1);
    var parameters =
        Tuple.tuple()
            .addArrayOfUUID(ids.toArray(UUID[]::new))
            .addArrayOfString(folds.toArray(String[]::new));
    return database.query(WRITE, parameters).map(true);
  }
}
