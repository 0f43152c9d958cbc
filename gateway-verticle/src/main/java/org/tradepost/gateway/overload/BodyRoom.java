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
public final class BodyRoom {

  private final long most;
  private final long mostOfClient;
  private final AtomicLong held = new AtomicLong();
  private final ClientCounts clients = new ClientCounts();

  /**
   * @param bytes the maximum of all bodies together
   * @param clientShare the fraction of it that one client may use, at most 1
   * @param largest the largest body in bytes, for which a client's share is always enough
   */
  public BodyRoom(long bytes, double clientShare, int largest) {
    this.mostOfClient = Math.max(largest, (long) (clientShare * bytes));
    this.most = Math.max(mostOfClient, bytes);
  }

  /** Returns the room for the body of a client. */
  public RequestBody.Room of(Object client) {
    return new RequestBody.Room() {

      @Override
      public void take(int bytes) {
        BodyRoom.this.take(client, bytes);
      }

      @Override
      public void giveBack(int bytes) {
        BodyRoom.this.giveBack(client, bytes);
      }
    };
  }

  private void take(Object client, int bytes) {
    if (!clients.add(client, bytes, mostOfClient)) {
      throw ClientLimits.tooMany();
    }
    if (held.addAndGet(bytes) > most) {
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
