package org.tradepost.product.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.platform.telemetry.logging.LogFields;

/** Plans the steps of settlements, one after the other, from the current states of the holds. */
final class SettlementPlan {

  private static final Logger log = LoggerFactory.getLogger(SettlementPlan.class);

  private SettlementPlan() {}

  /**
   * The steps to make, in order.
   *
   * @param states of the holds that exist, by order
   */
  static List<SettlementStep> steps(Map<UUID, HoldState> states, List<Settlement> settlements) {
    var now = new HashMap<>(states);
    var steps = new ArrayList<SettlementStep>();
    for (var settlement : settlements) {
      var orderId = settlement.orderId();
      var before = now.get(orderId);
      if (before == null) {
        continue;
      }
      if (before == HoldState.COMMITTED && settlement.fate() == Fate.ABANDONED) {
        // A tombstone and a placed order exclude each other, so this must not happen.
        log.atError()
            .addKeyValue(LogFields.ORDER_ID, orderId)
            .log("order {} is reported as abandoned, but its pieces are sold", orderId);
      }
      var after = before.after(settlement.fate());
      if (after != before) {
        steps.add(SettlementStep.into(after, orderId));
        now.put(orderId, after);
      }
    }
    return steps;
  }
}
