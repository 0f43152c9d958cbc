package org.tradepost.gateway;

import static org.tradepost.platform.testing.TestNode.await;

import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** A gateway on its own node, with accepted tokens and a note service. */
public final class GatewaySetup implements AutoCloseable {

  public final ClusterNode node = TestNode.start();
  public final TestTokens tokens = TestTokens.serve(node);
  public final NoteService notes = new NoteService(node);
  public final TestGateway gateway;

  public GatewaySetup(String... settings) {
    await(node.deploy(notes));
    gateway = TestGateway.start(node, settings);
  }

  @Override
  public void close() {
    await(node.stop());
  }
}
