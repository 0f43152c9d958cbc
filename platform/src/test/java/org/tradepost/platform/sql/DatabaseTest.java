package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.sqlclient.Tuple;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestDatabase;

@ExtendWith(VertxExtension.class)
class DatabaseTest {

  private static Database database;

  @BeforeAll
  static void open(Vertx vertx, VertxTestContext context) {
    Database.open(vertx, TestDatabase.create(), "db/test")
        .onSuccess(opened -> database = opened)
        .onComplete(context.succeedingThenComplete());
  }

  @AfterAll
  static void close(VertxTestContext context) {
    database.close().onComplete(context.succeedingThenComplete());
  }

  @Test
  void several_instances_may_migrate_at_once(Vertx vertx, VertxTestContext context) {
    var config = TestDatabase.create();
    var opening =
        IntStream.range(0, 3).mapToObj(i -> Database.open(vertx, config, "db/test")).toList();
    Future.all(opening)
        .compose(
            opened -> Future.all(opened.<Database>list().stream().map(Database::close).toList()))
        .onComplete(context.succeedingThenComplete());
  }

  @Test
  void a_transaction_that_fails_leaves_nothing(VertxTestContext context) {
    database
        .transaction(
            connection ->
                connection
                    .query("insert into thing values (1)")
                    .execute()
                    .compose(done -> Future.failedFuture(new IllegalStateException("enough"))))
        .onComplete(
            context.failing(
                failure ->
                    database
                        .query("select * from thing")
                        .onComplete(
                            context.succeeding(
                                rows ->
                                    context.verify(
                                        () -> {
                                          assertThat(failure).hasMessage("enough");
                                          assertThat(rows.size()).isZero();
                                          context.completeNow();
                                        })))));
  }

  @Test
  void transactions_that_meet_in_a_deadlock_both_succeed(VertxTestContext context) {
    database
        .query("insert into account values (1, 0), (2, 0)")
        .compose(done -> Future.all(addToBoth(1, 2), addToBoth(2, 1)))
        .compose(done -> database.query("select sum(amount)::int as sum from account"))
        .onComplete(
            context.succeeding(
                rows ->
                    context.verify(
                        () -> {
                          assertThat(rows.iterator().next().getInteger("sum")).isEqualTo(4);
                          context.completeNow();
                        })));
  }

  private static Future<Void> addToBoth(int first, int second) {
    var add = "update account set amount = amount + 1 where id = $1";
    return database.transaction(
        connection ->
            connection
                .preparedQuery(add)
                .execute(Tuple.of(first))
                .compose(done -> connection.query("select pg_sleep(0.2)").execute())
                .compose(done -> connection.preparedQuery(add).execute(Tuple.of(second)))
                .mapEmpty());
  }

  @Test
  void the_server_ends_a_transaction_whose_service_does_not_go_on(VertxTestContext context) {
    database
        .transaction(
            connection -> connection.query("show idle_in_transaction_session_timeout").execute())
        .onComplete(
            context.succeeding(
                rows ->
                    context.verify(
                        () -> {
                          assertThat(rows.iterator().next().getString(0)).isEqualTo("1500ms");
                          context.completeNow();
                        })));
  }

  @Test
  void past_a_long_queue_for_connections_work_is_rejected(Vertx vertx, VertxTestContext context) {
    var config = TestDatabase.create();
    var small =
        Database.connect(
            vertx, new DatabaseConfig(config.url(), config.user(), config.password(), 1, true));
    // The thousand that may wait share three seconds, which may not be enough for all of them.
    var transactions =
        IntStream.range(0, 1_500)
            .mapToObj(i -> small.transaction("select 1", Tuple.tuple()))
            .toList();
    var statements = IntStream.range(0, 1_500).mapToObj(i -> small.query("select 1")).toList();
    Future.join(Future.join(transactions), Future.join(statements))
        .eventually(small::close)
        .onComplete(
            done ->
                context.verify(
                    () -> {
                      assertThat(transactions.stream().filter(Future::failed))
                          .hasSizeBetween(1, 1_499)
                          .allMatch(DatabaseTest::isOverloaded);
                      assertThat(statements.stream().filter(Future::failed))
                          .hasSizeBetween(1, 1_499)
                          .allMatch(DatabaseTest::isOverloaded);
                      context.completeNow();
                    }));
  }

  private static boolean isOverloaded(Future<?> rejected) {
    return ((ServiceException) rejected.cause()).is(CommonError.OVERLOADED);
  }

  @Test
  void a_server_that_is_down_is_unavailable(Vertx vertx, VertxTestContext context) {
    var url = DatabaseUrl.of("URL", "postgresql://" + Loopback.hostAndPort(FreePorts.one()) + "/x");
    var config = new DatabaseConfig(url, "x", "x", 1, true);
    var unavailable = Database.connect(vertx, config);
    unavailable
        .query("select 1")
        .onComplete(
            context.failing(
                failure ->
                    context.verify(
                        () -> {
                          assertThat(((ServiceException) failure).failure().code())
                              .isEqualTo("UNAVAILABLE");
                          context.completeNow();
                        })));
  }
}
