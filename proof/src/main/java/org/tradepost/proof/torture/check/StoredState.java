package org.tradepost.proof.torture.check;

import java.util.List;
import org.tradepost.proof.torture.load.ReportedOrder;

/**
 * What the databases contain when nothing is in flight any more.
 *
 * @param orders the orders that are not tombstones
 * @param tombstones how many orders were abandoned because their holds ended first
 * @param stocks one for each product
 */
public record StoredState(List<Row> orders, long tombstones, List<Stock> stocks) {

  /** A row of the orders table. */
  record Row(String key, ReportedOrder order) {}

  /**
   * Pieces of a product.
   *
   * @param left the pieces on hand that are not reserved
   * @param held the pieces in HELD holds whose order is not stored or is cancelled
   */
  record Stock(String product, long left, long held) {}
}
