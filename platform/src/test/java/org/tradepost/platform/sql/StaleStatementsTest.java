package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionBase;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** No request fails because a connection prepared a statement before the schema changed. */
@ExtendWith(VertxExtension.class)
class StaleStatementsTest {

  private static final String FIRST = "select * from thing where id = $1";
  private static final String SECOND = "select * from account where id = $1";

  private Database database;
  private Database other;

  @BeforeEach
  void open(Vertx vertx) {
    var config = TestDatabase.create();
    database = TestNode.await(Database.open(vertx, config, "db/test"));
    other = Database.connect(vertx, config);
    TestNode.await(everything());
  }

  @AfterEach
  void close() {
    TestNode.await(Future.join(database.close(), other.close()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table thing add column name text; alter table account add column name text",
        "alter table thing alter column id type bigint;"
            + " alter table account alter column amount type bigint"
      })
  void after_a_change_of_the_schema(String change) {
    TestNode.await(other.transaction(connection -> connection.query(change).execute()));
    TestNode.await(everything());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deallocate all", "discard all"})
  void after_a_connection_forgot_it(String forget) {
    var forgotten = new ArrayList<Future<?>>();
    for (int i = 0; i < 12; i++) {
      forgotten.add(database.query(forget));
      forgotten.add(database.transaction(forget, Tuple.tuple()));
    }
    TestNode.await(Future.join(forgotten).otherwiseEmpty());
    TestNode.await(everything());
  }

  @Test
  void what_the_driver_keeps_no_longer_is_not_kept_here_either() {
    var prepared =
        database.transaction(
            connection -> {
              var all = new ArrayList<Future<?>>();
              for (int i = 0; i < 600; i++) {
                all.add(connection.preparedQuery("select " + i).execute());
              }
              return Future.all(all).map(done -> watch(connection).prepared());
            });
    assertThat(TestNode.await(prepared))
        .isBetween(1, PgConnectOptions.DEFAULT_PREPARED_STATEMENT_CACHE_MAX_SIZE);
  }

  private static ConnectionWatch watch(SqlConnection connection) {
    var pooled = ((SqlConnectionBase<?>) connection).unwrap();
    var socket = (SocketConnectionBase) pooled.unwrap();
    return socket.socket().channelHandlerContext().pipeline().get(ConnectionWatch.class);
  }

  @Test
  void over_and_over() {
    for (int i = 0; i < 5; i++) {
      TestNode.await(
          other.query(String.format(Locale.ROOT, "alter table thing add column c%d text", i)));
      TestNode.await(everything());
    }
  }

  /** Enough concurrent statements for every connection to run some of each kind. */
  private Future<?> everything() {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < 40; i++) {
      all.add(database.query(FIRST, Tuple.of(1)));
      all.add(database.query(SECOND, Tuple.of(1)));
      all.add(database.transaction(FIRST, Tuple.of(1)));
      all.add(
          database.transaction(
              connection -> {
                var first = connection.preparedQuery(FIRST).execute(Tuple.of(1));
                var second = connection.preparedQuery(SECOND).execute(Tuple.of(1));
                return second
                    .compose(done -> first)
                    .compose(done -> connection.query("select pg_sleep(0.01)").execute());
              }));
    }
    return Future.all(all);
  }
}
