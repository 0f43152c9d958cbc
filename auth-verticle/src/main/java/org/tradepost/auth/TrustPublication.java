package org.tradepost.auth;

import io.vertx.core.Future;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.contract.AuthContract;
import org.tradepost.common.contract.AuthContract.KeySet;
import org.tradepost.common.contract.Trust;
import org.tradepost.common.runtime.ClusterNode;

/** What all services need to verify tokens by themselves, and the word that it has changed. */
final class TrustPublication {

  private final ClusterNode node;
  private final SigningKeyRepository keys;
  private final SessionRepository sessions;

  TrustPublication(ClusterNode node, SigningKeyRepository keys, SessionRepository sessions) {
    this.node = node;
    this.keys = keys;
    this.sessions = sessions;
  }

  /** The public keys, and the sessions whose access tokens outlive them. */
  Future<Trust> trust(Nothing request, Call call) {
    return Future.all(keys.published(), sessions.revoked())
        .map(both -> new Trust(both.resultAt(0), both.resultAt(1)))
        .onSuccess(node::shareKeys);
  }

  Future<KeySet> keys(Nothing request, Call call) {
    return keys.published().map(KeySet::new);
  }

  /**
   * Tells every node to ask again. A knock may be lost: each node asks every two seconds anyway.
   */
  void changed() {
    node.bus().knock(AuthContract.TRUST_CHANGED);
    node.trustedKeys().refresh();
  }

  /** See {@link #changed()}. */
  void changed(boolean really) {
    if (really) {
      changed();
    }
  }
}
