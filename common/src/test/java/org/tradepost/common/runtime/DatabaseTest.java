package org.tradepost.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.common.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.testing.TestDatabase;

class DatabaseTest {

  private static final DatabaseConfig CONFIG = TestDatabase.create();
  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, CONFIG, "db/test"));
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void several_instances_may_migrate_at_once() {
    var config = TestDatabase.create();
    var opened =
        IntStream.range(0, 3).mapToObj(i -> Database.open(vertx, config, "db/test")).toList();
    await(Future.all(opened));
    opened.forEach(one -> await(one.result().close()));
  }

  @Test
  void a_transaction_that_fails_leaves_nothing() {
    var failure =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                await(
                    database.transaction(
                        connection ->
                            connection
                                .query("insert into thing values (1)")
                                .execute()
                                .compose(
                                    done ->
                                        Future.failedFuture(
                                            new IllegalStateException("enough"))))));
    assertThat(failure).hasMessage("enough");
    assertThat(await(database.query("select * from thing")).size()).isZero();
  }

  @Test
  void transactions_that_meet_in_a_deadlock_both_succeed() {
    await(database.query("insert into account values (1, 0), (2, 0)"));
    await(Future.all(moveBetween(1, 2), moveBetween(2, 1)));
    assertThat(
            await(database.query("select sum(amount)::int as sum from account"))
                .iterator()
                .next()
                .getInteger("sum"))
        .isEqualTo(4);
  }

  private static Future<Void> moveBetween(int first, int second) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery("update account set amount = amount + 1 where id = $1")
                .execute(Tuple.of(first))
                .compose(done -> connection.query("select pg_sleep(0.2)").execute())
                .compose(
                    done ->
                        connection
                            .preparedQuery("update account set amount = amount + 1 where id = $1")
                            .execute(Tuple.of(second)))
                .mapEmpty());
  }

  @Test
  void a_server_that_is_away_is_unavailable() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var nowhere = new DatabaseConfig("127.0.0.1", port, "x", "x", "x", 1);
    var away = Database.connect(vertx, nowhere);
    var refusal = catchThrowableOfType(ServiceException.class, () -> await(away.ping()));
    assertThat(refusal.failure().code()).isEqualTo("UNAVAILABLE");
    await(away.close());
  }
}
