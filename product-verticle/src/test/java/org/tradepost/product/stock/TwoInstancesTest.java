package org.tradepost.product.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.product.ProductContract.ARCHIVE_PRODUCT;
import static org.tradepost.platform.testing.TestNode.await;
import static org.tradepost.product.RunningProduct.request;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.product.RunningProduct;

/** What only the database can ensure, because the instances do not know each other. */
class TwoInstancesTest {

  private final Map<String, String> settings = TestDatabase.settings();
  private final RunningProduct left = new RunningProduct(settings);
  private final RunningProduct right = new RunningProduct(settings);

  @AfterEach
  void stop() {
    assertThat(left.violations()).isZero();
    left.close();
    right.close();
  }

  @Test
  void together_they_sell_fifty_pieces_and_no_more() {
    var product = left.product(50);
    var attempts = new ArrayList<Future<Hold>>();
    for (var i = 0; i < 100; i++) {
      attempts.add(left.hold(request(UUID.randomUUID(), product, 1)));
      attempts.add(right.hold(request(UUID.randomUUID(), product, 1)));
    }
    await(Future.join(attempts).otherwiseEmpty());
    assertThat(attempts.stream().filter(Future::succeeded)).hasSize(50);
    assertThat(left.stock(product)).isEqualTo("50/50");
  }

  @Test
  void of_two_different_attempts_at_one_order_one_holds() {
    var apples = left.product(100);
    var pears = left.product(100);
    for (var i = 0; i < 50; i++) {
      var order = UUID.randomUUID();
      var attempts =
          List.of(
              left.hold(request(order, apples, 1)),
              right.hold(
                  new HoldStock(order, "beef", List.of(new HoldStock.Line(pears, 1, null)))));
      await(Future.join(attempts).otherwiseEmpty());
      assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
      assertThat(attempts.stream().filter(Future::failed).map(TwoInstancesTest::code))
          .containsExactly("IDEMPOTENCY_MISMATCH");
    }
  }

  @Test
  void a_product_is_never_archived_and_held_at_once() {
    for (var i = 0; i < 50; i++) {
      var product = left.product(5);
      var held = left.hold(request(UUID.randomUUID(), product, 1));
      var archived = right.sendAsAdmin(ARCHIVE_PRODUCT, Map.of("id", product));
      await(Future.join(held, archived).otherwiseEmpty());
      assertThat(held.succeeded()).isNotEqualTo(archived.succeeded());
      assertThat(code(held.succeeded() ? archived : held)).isIn("PRODUCT_HELD", "PRODUCT_ARCHIVED");
    }
  }

  private static String code(Future<?> rejected) {
    return ((ServiceException) rejected.cause()).failure().code();
  }
}
