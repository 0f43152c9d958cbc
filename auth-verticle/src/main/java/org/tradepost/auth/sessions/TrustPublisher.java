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

  private final ClusterNode node;
  private final SigningKeyRepository keys;
  private final SessionRepository sessions;

  public TrustPublisher(ClusterNode node, SigningKeyRepository keys, SessionRepository sessions) {
    this.node = node;
    this.keys = keys;
    this.sessions = sessions;
  }

  /** The public keys, and the ended sessions whose access tokens have not expired. */
  public Future<Trust> trust(Empty request, RequestContext call) {
    return Future.all(keys.published(), sessions.revoked())
        .map(both -> new Trust(both.resultAt(0), both.resultAt(1)))
        .onSuccess(node::shareKeys);
  }

  public Future<KeySet> keys(Empty request, RequestContext call) {
    return keys.published().map(KeySet::new);
  }

  /**
   * Tells every node to ask again. A notification may be lost: each node asks every two seconds
   * anyway.
   */
  public void changed() {
    node.bus().notify(AuthContract.TRUST_CHANGED);
    node.trustedKeys().refresh();
  }

  /** See {@link #changed()}. */
  public void changed(boolean really) {
    if (really) {
      changed();
    }
  }
}
