package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

/** A batch is committed while the database has too many other statements to read the orders. */
class OrderWriterTest {

  /** More statements than can run and wait. */
  private static final int MANY = 3_000;

  private static final String LOCK = "select pg_advisory_xact_lock(1)";

  private static Vertx vertx;
  private static Database database;
  private static OrderWriter writer;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
    writer = new OrderWriter(database, new OrderRepository(database));
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void nobody_is_told_that_nothing_was_changed() {
    var earlier = order();
    await(await(writer.write(List.of(earlier))).get(0));
    Promise<Void> locked = Promise.promise();
    Promise<Void> unlock = Promise.promise();
    var blocking =
        database.transaction(
            connection ->
                connection
                    .query("set local idle_in_transaction_session_timeout = 0; " + LOCK)
                    .execute()
                    .onSuccess(done -> locked.complete())
                    .compose(done -> unlock.future()));
    await(locked.future());
    var reading = IntStream.range(0, MANY).mapToObj(i -> database.query(LOCK)).toList();
    var fresh = order();
    var results = await(writer.write(List.of(earlier, fresh)));
    assertThat(await(results.get(1)).order().id()).isEqualTo(fresh.id());
    assertThatThrownBy(() -> await(results.get(0)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> assertThat(failure.is(CommonError.UNAVAILABLE)).isTrue());
    unlock.complete();
    await(blocking);
    await(Future.join(reading).otherwiseEmpty());
  }

  private static NewOrder order() {
    var product = UUID.randomUUID();
    var request = new PlaceOrder("key", List.of(new PlaceLine(product, 1, null)), null);
    var line = new HeldLine(product, "SKU", "Lamp", 1, StockForTests.PRICE);
    var hold = new Hold(UUID.randomUUID(), Instant.now().plusSeconds(60), List.of(line));
    return NewOrder.of(
        request, UUID.randomUUID(), "key", NewOrder.fingerprint(request), hold, null);
  }
}
