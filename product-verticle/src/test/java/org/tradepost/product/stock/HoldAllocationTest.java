package org.tradepost.product.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.product.RunningProduct.PRICE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.CommonError;
import org.tradepost.product.RunningProduct;
import org.tradepost.product.stock.HoldDecision.Granted;
import org.tradepost.product.stock.HoldDecision.Held;
import org.tradepost.product.stock.HoldDecision.Rejected;

class HoldAllocationTest {

  private static final UUID PRODUCT = UUID.randomUUID();

  @Test
  void what_an_earlier_hold_takes_a_later_one_does_not_find() {
    assertThat(decide(Map.of(), asks(3), asks(3), asks(2)))
        .extracting(HoldDecision::getClass)
        .isEqualTo(List.of(Granted.class, Rejected.class, Granted.class));
  }

  @Test
  void the_second_attempt_at_an_order_gets_what_the_first_got() {
    var twice = asks(3);
    var other = new HoldStock(twice.orderId(), "beef", twice.lines());
    var decided = decide(Map.of(), twice, twice, other, asks(2));
    assertThat(decided)
        .extracting(HoldDecision::getClass)
        .isEqualTo(List.of(Granted.class, Granted.class, Rejected.class, Granted.class));
    assertThat(decided.get(1)).isSameAs(decided.get(0));
    assertThat(((Rejected) decided.get(2)).rejection().is(CommonError.IDEMPOTENCY_MISMATCH))
        .isTrue();
  }

  @Test
  void the_second_attempt_at_an_order_that_was_rejected_is_rejected() {
    var twice = asks(6);
    assertThat(decide(Map.of(), twice, twice))
        .extracting(HoldDecision::getClass)
        .isEqualTo(List.of(Rejected.class, Rejected.class));
  }

  @Test
  void a_hold_that_is_there_takes_nothing_more() {
    var known = asks(5);
    var line = new HeldLine(PRODUCT, "MUG", "Mug", 5, PRICE);
    var hold = new Hold(known.orderId(), Instant.EPOCH, List.of(line));
    var verdicts = decide(Map.of(known.orderId(), new ExistingHold("f00d", hold)), known, asks(5));
    assertThat(verdicts.get(0)).isEqualTo(new Held(hold));
    assertThat(verdicts.get(1)).isInstanceOf(Granted.class);
  }

  private static List<HoldDecision> decide(Map<UUID, ExistingHold> known, HoldStock... batch) {
    var product = new LockedProduct(PRODUCT, "MUG", "Mug", false, PRICE, 5);
    return new HoldAllocation(Map.of(PRODUCT, product), known).decide(List.of(batch));
  }

  private static HoldStock asks(int quantity) {
    return RunningProduct.request(UUID.randomUUID(), PRODUCT, quantity);
  }
}
