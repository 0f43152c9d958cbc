package org.tradepost.product.stock;

import java.util.List;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.ServiceException;

/** The decision on one hold of a batch. */
sealed interface HoldDecision {

  /** A hold to be written, with its lines at the present prices. */
  record Granted(HoldStock request, List<HeldLine> lines) implements HoldDecision {}

  /** The hold exists, made by this request or by an earlier one. */
  record Held(Hold hold) implements HoldDecision {}

  /** Nothing was taken. */
  record Rejected(ServiceException rejection) implements HoldDecision {}
}
