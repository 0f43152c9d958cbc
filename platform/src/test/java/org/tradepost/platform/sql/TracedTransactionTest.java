package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.telemetry.tracing.Tracing;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TraceReceiver;

/** What the trace of a request shows of its transactions. */
class TracedTransactionTest {

  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String DEADLOCK = "40P01";
  private static final String NO_LIMITS =
      "set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0";

  private final TraceReceiver receiver = new TraceReceiver();
  private final Tracing tracing = Tracing.from(Settings.of(receiver.settings()), "shed-1", "shed");
  private final Vertx vertx = tracing.on(Vertx.builder()).build();
  private final Database database =
      TestNode.await(Database.open(vertx, TestDatabase.create(), "db/test"));

  @AfterEach
  void stop() {
    TestNode.await(database.close());
    TestNode.await(vertx.close());
    TestNode.await(tracing.stop());
    receiver.close();
  }

  @Test
  void one_that_meets_another_says_why_it_was_repeated() {
    TestNode.await(database.query("insert into account values (1, 0), (2, 0)"));
    var own = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
    TestNode.await(Future.future(done -> own.runOnContext(now -> inOneTrace().onComplete(done))));

    var request = receiver.await("process", span -> span.name().equals("process shed.v1.move"));
    assertThat(request.events()).containsExactly("tradepost.sql.repeated");
    assertThat(request.event("tradepost.sql.repeated")).containsEntry("tradepost.attempt", "2");
    var failed = receiver.await("failed", span -> span.attributes().get("error.type") != null);
    assertThat(failed.isChildOf(request)).isTrue();
    assertThat(failed.name()).isEqualTo("UPDATE account");
    assertThat(failed.attributes())
        .containsEntry("error.type", DEADLOCK)
        .containsEntry("db.response.status_code", DEADLOCK);
  }

  private Future<?> inOneTrace() {
    var request = tracing.process("shed.v1.move", Optional.of(SAMPLED), false);
    Promise<Void> one = Promise.promise();
    Promise<Void> other = Promise.promise();
    return request
        .within(
            () ->
                Future.all(
                    addToBoth(1, 2, one, other.future()), addToBoth(2, 1, other, one.future())))
        .onComplete(done -> request.end(done.cause()));
  }

  /**
   * Adds to the first account, and to the second once another transaction has locked it. When
   * repeated, it adds to the first only, so the two cannot conflict again.
   *
   * @param begun completed when the first account is locked
   * @param taken completed when the second account is locked
   */
  private Future<Void> addToBoth(int first, int second, Promise<Void> begun, Future<Void> taken) {
    return database.transaction(
        connection ->
            connection
                .query(NO_LIMITS)
                .execute()
                .compose(done -> add(connection, first))
                .compose(
                    done ->
                        begun.tryComplete()
                            ? taken.compose(both -> add(connection, second))
                            : Future.succeededFuture()));
  }

  private static Future<Void> add(SqlConnection connection, int account) {
    return connection
        .preparedQuery("update account set amount = amount + 1 where id = $1")
        .execute(Tuple.of(account))
        .mapEmpty();
  }
}
