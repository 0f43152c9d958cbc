package org.tradepost.common.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientProofTest {

  private final ClientProof proof =
      new ClientProof(new ClusterProof("a secret of at least 32 characters"));

  @ParameterizedTest
  @ValueSource(strings = {"/192.0.2.1", "42", "with a space", "-1"})
  void what_is_signed_is_verified(String client) {
    assertThat(proof.verify(proof.sign(client))).isEqualTo(client);
  }

  @Test
  void without_the_secret_nobody_is_believed() {
    var signed = proof.sign("/192.0.2.1");
    var other = new ClientProof(new ClusterProof("another secret with 32 characters"));
    assertThat(other.verify(signed)).isEmpty();
    for (var forged : new String[] {null, "", " ", "x", "x /192.0.2.1", signed + "0"}) {
      assertThat(proof.verify(forged)).isEmpty();
    }
  }
}
