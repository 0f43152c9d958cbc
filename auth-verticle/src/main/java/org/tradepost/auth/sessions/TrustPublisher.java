package org.tradepost.auth.sessions;

import io.vertx.core.Future;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.contract.auth.AuthContract.KeySet;
import org.tradepost.common.identity.Trust;
import org.tradepost.platform.node.ClusterNode;

/** Publishes what services need to verify tokens by themselves, and notifies them of changes. */
public final class TrustPublisher {

  /** Each notification makes every node ask, so there is at most one in this period. */
  private static final long PAUSE_MILLIS = 1_000;

  private final ClusterNode node;
  private final SigningKeyRepository keys;
  private final SessionRepository sessions;
  private boolean pausing;
  private boolean changedSince;

  public TrustPublisher(ClusterNode node, SigningKeyRepository keys, SessionRepository sessions) {
    this.node = node;
    this.keys = keys;
    this.sessions = sessions;
  }

  /** Returns the public keys, and the ended sessions whose access tokens have not expired. */
  public Future<Trust> trust(Empty request, RequestContext call) {
    return Future.all(keys.published(), sessions.revoked())
        .map(both -> new Trust(both.resultAt(0), both.resultAt(1)))
        .onSuccess(node::shareKeys);
  }

  public Future<KeySet> keys(Empty request, RequestContext call) {
    return keys.published().map(KeySet::new);
  }

  /**
   * Tells every node to ask again: at once, or one second after the previous notification. A
   * notification may be lost, since each node asks every two seconds anyway.
   */
  public synchronized void changed() {
    if (pausing) {
      changedSince = true;
      return;
    }
    pausing = true;
    changedSince = false;
    node.vertx().setTimer(PAUSE_MILLIS, timer -> endPause());
    node.bus().notify(AuthContract.TRUST_CHANGED);
    node.trustedKeys().refresh();
  }

  private synchronized void endPause() {
    pausing = false;
    if (changedSince) {
      changed();
    }
  }

  /** Calls {@link #changed()} if something has changed. */
  public void changedIf(boolean changed) {
    if (changed) {
      changed();
    }
  }
}
