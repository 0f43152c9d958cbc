package org.tradepost.gateway.overload;

import java.util.concurrent.atomic.AtomicLong;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.RequestBody;

/**
 * Bounds the bytes of request bodies in memory, in total and per client.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class BodyMemory {

  private final long maxBytes;
  private final long maxBytesPerClient;
  private final AtomicLong held = new AtomicLong();
  private final ClientCounts clients = new ClientCounts();

  /**
   * @param maxBytes the maximum of all bodies together
   * @param clientShare the fraction of it that one client may use, at most 1
   * @param maxBodyBytes the largest body in bytes, for which a client's share is always enough
   */
  public BodyMemory(long maxBytes, double clientShare, int maxBodyBytes) {
    this.maxBytesPerClient = Math.max(maxBodyBytes, (long) (clientShare * maxBytes));
    this.maxBytes = Math.max(maxBytesPerClient, maxBytes);
  }

  /** Returns the budget for the body of a client. */
  public RequestBody.ByteBudget of(Object client) {
    return new RequestBody.ByteBudget() {

      @Override
      public void take(int bytes) {
        BodyMemory.this.take(client, bytes);
      }

      @Override
      public void giveBack(int bytes) {
        BodyMemory.this.giveBack(client, bytes);
      }
    };
  }

  private void take(Object client, int bytes) {
    if (!clients.add(client, bytes, maxBytesPerClient)) {
      throw ClientLimits.tooMany();
    }
    if (held.addAndGet(bytes) > maxBytes) {
      giveBack(client, bytes);
      throw ServiceException.retryAfter(
          CommonError.OVERLOADED, "The gateway has no room for further request bodies", 1);
    }
  }

  private void giveBack(Object client, int bytes) {
    held.addAndGet(-bytes);
    clients.remove(client, bytes);
  }
}
