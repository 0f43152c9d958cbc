package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.TcpProxy;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** Connections without a reply, although their server accepts new ones. */
@ExtendWith(VertxExtension.class)
class UnresponsiveDatabaseTest {

  private TcpProxy proxy;
  private Database database;

  @BeforeEach
  void open(Vertx vertx) {
    var config = TestDatabase.create();
    proxy = TcpProxy.to(vertx, config.url().hosts().get(0).port());
    var through =
        DatabaseUrl.of(
            "URL",
            String.format(
                Locale.ROOT,
                "postgresql://%s/%s?connect_timeout=2",
                Loopback.hostAndPort(proxy.port()),
                config.url().name()));
    database =
        Database.connect(
            vertx, new DatabaseConfig(through, config.user(), config.password(), 3, true));
  }

  @AfterEach
  void close() {
    TestNode.await(database.close());
    TestNode.await(proxy.close());
  }

  /** Otherwise an instance would take requests for another half second. */
  @Test
  void a_refused_connection_counts_more_than_the_answer_before_it() {
    var refusals = new AtomicInteger();
    database.onRefused(refusals::incrementAndGet);
    TestNode.await(everyConnection());
    assertThat(refusals).hasValue(0);
    TestNode.await(proxy.close());
    // The first statements may still fail with the old connections, without a new one.
    await()
        .until(
            () -> {
              var asked = statements();
              await().until(() -> asked.stream().allMatch(Future::isComplete));
              assertThat(asked).allMatch(UnresponsiveDatabaseTest::isUnavailable);
              return refusals.get() > 0;
            });
    assertThat(TestNode.await(database.check().map("usable").otherwise("not usable")))
        .isEqualTo("not usable");
  }

  @Test
  void are_given_up_and_replaced() {
    TestNode.await(everyConnection());
    proxy.dropTraffic();
    var asked = statements();
    await().until(() -> asked.stream().allMatch(Future::isComplete));

    assertThat(asked).allMatch(UnresponsiveDatabaseTest::isUnavailable);
    assertThat(database.failures().current()).get().asString().contains("has not replied for 5 s");
    await().until(() -> proxy.stuckConnections() == 0);
    TestNode.await(everyConnection());
    await().until(() -> database.failures().last().orElseThrow().resolved());
  }

  @Test
  void are_given_up_in_the_middle_of_a_transaction() {
    var cut =
        database.transaction(
            connection ->
                connection
                    .query("select 1")
                    .execute()
                    .onSuccess(done -> proxy.dropTraffic())
                    .compose(done -> connection.query("select 2").execute()));
    await().until(cut::isComplete);

    assertThat(isUnavailable(cut)).isTrue();
    assertThat(proxy.stuckConnections()).isZero();
    TestNode.await(everyConnection());
  }

  @Test
  void a_server_that_accepts_and_says_nothing_is_given_up() {
    proxy.setMode(TcpProxy.Mode.DROPPED);
    var asked = statements();
    await().until(() -> asked.stream().allMatch(Future::isComplete));
    proxy.setMode(TcpProxy.Mode.FORWARDED);

    assertThat(asked).allMatch(UnresponsiveDatabaseTest::isUnavailable);
    await().until(() -> proxy.stuckConnections() == 0);
    TestNode.await(everyConnection());
  }

  @Test
  void a_statement_that_takes_too_long_ends_while_its_connection_stays() {
    TestNode.await(database.query("select 1"));
    var connections = proxy.connections();
    var slow = database.query("select pg_sleep(60)");
    await().until(slow::isComplete);

    assertThat(isUnavailable(slow)).isTrue();
    assertThat(database.failures().last().orElseThrow().cause()).startsWith("57014 ");
    TestNode.await(database.query("select 1"));
    assertThat(proxy.connections()).isEqualTo(connections);
  }

  private Future<?> everyConnection() {
    return Future.all(statements());
  }

  private List<Future<RowSet<Row>>> statements() {
    var all = new ArrayList<Future<RowSet<Row>>>();
    IntStream.range(0, 12)
        .forEach(
            i -> {
              all.add(database.query("select 1"));
              all.add(database.transaction("select pg_sleep(0.05)", Tuple.tuple()));
            });
    return all;
  }

  private static boolean isUnavailable(Future<?> failed) {
    return failed.cause() instanceof ServiceException rejected
        && rejected.is(CommonError.UNAVAILABLE);
  }
}
