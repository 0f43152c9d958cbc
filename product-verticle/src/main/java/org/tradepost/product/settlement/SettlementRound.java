package org.tradepost.product.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.platform.telemetry.logging.LogFields;

/** Settlements of different orders that one statement carries out. */
final class SettlementRound {

  private static final Logger log = LoggerFactory.getLogger(SettlementRound.class);

  private final Map<UUID, Fate> fates = new LinkedHashMap<>();

  /** Splits settlements into rounds with at most one per order; the first round has every order. */
  static List<SettlementRound> split(List<Settlement> settlements) {
    var rounds = new ArrayList<SettlementRound>();
    var seen = new HashMap<UUID, Integer>();
    for (var settlement : settlements) {
      var number = seen.merge(settlement.orderId(), 1, Integer::sum);
      if (number > rounds.size()) {
        rounds.add(new SettlementRound());
      }
      rounds.get(number - 1).fates.put(settlement.orderId(), settlement.fate());
    }
    return rounds;
  }

  /** The orders that have this fate. */
  UUID[] orders(Fate fate) {
    return fates.entrySet().stream()
        .filter(entry -> entry.getValue() == fate)
        .map(Map.Entry::getKey)
        .toArray(UUID[]::new);
  }

  /** Whether the settlement of an order changes a hold in this state. */
  boolean changes(UUID orderId, HoldState state) {
    var fate = fates.get(orderId);
    if (state == HoldState.COMMITTED && fate == Fate.ABANDONED) {
      // An order is never both placed and a tombstone, so this must not happen.
      log.atError()
          .addKeyValue(LogFields.ORDER_ID, orderId)
          .log("order {} is reported as abandoned, but its pieces are sold", orderId);
    }
    return state.after(fate) != state;
  }
}
