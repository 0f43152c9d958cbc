package org.tradepost.gateway.overload;

import java.util.concurrent.atomic.AtomicBoolean;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.routing.OperationRoute;

/**
 * Bounds how many requests of one client may be in flight for operations that say so ({@code
 * x-client-limit}); those of one service count together.
 */
public final class ClientLimits {

  private final ClientCounts counts = new ClientCounts();

  private record OfService(String service, Object client) {}

  /** A counted request. Giving it back again does nothing. */
  public interface Slot {

    Slot NONE = () -> {};

    void giveBack();
  }

  /**
   * Counts a request until the slot is given back.
   *
   * @throws ServiceException {@code TOO_MANY_REQUESTS}
   */
  public Slot take(OperationRoute route, Object client) {
    var limit = route.operation().clientLimit();
    if (limit == 0) {
      return Slot.NONE;
    }
    var counted = new OfService(route.service(), client);
    if (!counts.add(counted, limit)) {
      throw tooMany();
    }
    var held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        counts.remove(counted);
      }
    };
  }

  /** Returns the rejection for a client with too many requests in flight. */
  static ServiceException tooMany() {
    return ServiceException.retryAfter(
        CommonError.TOO_MANY_REQUESTS,
        "Too many of your requests are in flight; wait for their responses",
        1);
  }
}
