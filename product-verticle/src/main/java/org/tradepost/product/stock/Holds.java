package org.tradepost.product.stock;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Batcher;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.logging.LoggingContext;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.product.stock.HoldDecision.Held;
import org.tradepost.product.stock.HoldDecision.Rejected;

/** Holds stock for orders, before they are written and until their fate is known. */
public final class Holds {

  private static final int MAX_BATCH_SIZE = 128;
  private static final int MAX_QUEUE_LENGTH = 2_000;
  private static final String HEX_DIGITS = "0123456789abcdef";

  private final HoldRepository repository;
  private final Batcher<Item, Hold> batches;

  /** A request, and the trace context that it came with, or null. */
  private record Item(HoldStock request, String traceparent) {

    boolean isTraced() {
      return TraceHeaders.isSampled(traceparent);
    }

    String trace() {
      return TraceHeaders.traceId(traceparent) + TraceHeaders.spanId(traceparent);
    }
  }

  /**
   * @param lifetime how long until a hold expires if the fate of its order is not known
   */
  public Holds(Database database, Duration lifetime) {
    this.repository = new HoldRepository(database, lifetime);
    this.batches = new Batcher<>(MAX_BATCH_SIZE, MAX_QUEUE_LENGTH, this::run);
  }

  /**
   * Holds the stock of an order; see {@link
   * org.tradepost.common.contract.product.StockContract#HOLD}.
   */
  public Future<Hold> hold(HoldStock request, RequestContext call) {
    validate(request);
    LoggingContext.setOrder(request.orderId());
    return batches.submit(new Item(request, call.traceparent()), call);
  }

  /** See {@link HoldRepository#warmUp}. */
  public Future<Void> warmUp() {
    return repository.warmUp();
  }

  /** Starts to measure the queue of holds to write. */
  public void measure(Metrics metrics) {
    batches.measure(metrics, "holds to write");
  }

  private Future<List<Future<Hold>>> run(List<Item> batch) {
    return repository
        .hold(batch.stream().map(Item::request).toList(), traces(batch))
        .map(decided -> decided.stream().map(Holds::result).toList());
  }

  private static Future<Hold> result(HoldDecision decision) {
    return decision instanceof Held held
        ? Future.succeededFuture(held.hold())
        : Future.failedFuture(((Rejected) decision).rejection());
  }

  private static Map<UUID, String> traces(List<Item> items) {
    var traces = new HashMap<UUID, String>();
    items.stream()
        .filter(Item::isTraced)
        .forEach(item -> traces.put(item.request.orderId(), item.trace()));
    return traces;
  }

  /** No API description checks an internal operation, and a negative quantity would add stock. */
  private static void validate(HoldStock request) {
    if (request.orderId() == null || request.fingerprint() == null) {
      throw ServiceException.invalid("", "orderId and fingerprint are required");
    }
    if (!isHexadecimal(request.fingerprint())) {
      throw ServiceException.invalid("/fingerprint", "must be hexadecimal");
    }
    if (request.lines() == null || request.lines().isEmpty()) {
      throw ServiceException.invalid("/lines", "must not be empty");
    }
    var seen = new HashSet<UUID>();
    for (var line : request.lines()) {
      if (line.productId() == null || !seen.add(line.productId())) {
        throw ServiceException.invalid("/lines", "must name each product only once");
      }
      if (line.quantity() < 1) {
        throw ServiceException.invalid("/lines", "each quantity must be at least 1");
      }
    }
  }

  private static boolean isHexadecimal(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (HEX_DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.length() % 2 == 0;
  }
}
