package org.tradepost.product.stock;

import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.product.ProductContract.AdjustStock;
import org.tradepost.common.contract.product.ProductContract.LedgerEntry;
import org.tradepost.common.contract.product.ProductContract.LedgerPage;
import org.tradepost.common.contract.product.ProductContract.ListLedger;
import org.tradepost.common.contract.product.ProductContract.OfHold;
import org.tradepost.common.contract.product.ProductContract.OfProduct;
import org.tradepost.common.contract.product.ProductContract.OrderHold;
import org.tradepost.common.contract.product.ProductContract.StockLevel;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.ReadableText;
import org.tradepost.platform.sql.Database;

/** The operations on stock: read it, adjust it, read its ledger. */
public final class Stock {

  static final long MAX_ON_HAND = 2_000_000_000;

  private final StockRepository repository;
  private final OrderHoldRepository holds;

  public Stock(Database database) {
    this.repository = new StockRepository(database);
    this.holds = new OrderHoldRepository(database);
  }

  public Future<StockLevel> level(OfProduct request, RequestContext call) {
    return repository.level(request.id());
  }

  public Future<Response<LedgerEntry>> adjust(AdjustStock request, RequestContext call) {
    if (request.delta() == 0) {
      throw ServiceException.invalid("/delta", "must not be 0");
    }
    var reason = ReadableText.strip(request.reason());
    var adjustment =
        new AdjustStock(request.id(), request.idempotencyKey(), request.delta(), reason);
    return repository
        .adjust(adjustment, level -> check(request.delta(), level), call.traceparent())
        .map(
            adjusted ->
                new Response<>(
                    adjusted.entry(),
                    adjusted.replayed() ? Map.of("idempotency-replayed", "true") : Map.of()));
  }

  private static void check(long delta, StockLevel level) {
    var onHand = level.onHand() + delta;
    if (onHand < level.reserved()) {
      throw new ServiceException(
          ProductError.STOCK_BELOW_RESERVED,
          missing(level),
          Map.of("onHand", level.onHand(), "reserved", level.reserved()));
    }
    if (delta > 0 && onHand > MAX_ON_HAND) {
      throw new ServiceException(
          ProductError.AMOUNT_TOO_LARGE,
          String.format(Locale.ROOT, "There may be at most %d pieces on hand", MAX_ON_HAND));
    }
  }

  private static String missing(StockLevel level) {
    return level.reserved() == 0
        ? "There are only %s pieces on hand".formatted(level.onHand())
        : "%s of the %s pieces on hand are reserved".formatted(level.reserved(), level.onHand());
  }

  public Future<LedgerPage> ledger(ListLedger request, RequestContext call) {
    return repository.ledger(request);
  }

  public Future<OrderHold> hold(OfHold request, RequestContext call) {
    return holds
        .find(request.orderId())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            CommonError.NOT_FOUND, "No stock was held for this order")));
  }
}
