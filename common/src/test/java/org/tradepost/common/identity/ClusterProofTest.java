package org.tradepost.common.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClusterProofTest {

  private final ClusterProof own = new ClusterProof("a secret of thirty-two characters");
  private final ClusterProof other = new ClusterProof("A secret of thirty-two characters");

  @Test
  void holds_for_whoever_has_the_same_secret() {
    var same = new ClusterProof("a secret of thirty-two characters");
    assertTrue(same.holds("node", "n-1", own.of("node", "n-1")));
  }

  @Test
  void holds_for_no_other_secret_text_or_purpose() {
    assertFalse(own.holds("node", "n-1", other.of("node", "n-1")));
    assertFalse(own.holds("node", "n-2", own.of("node", "n-1")));
    assertFalse(own.holds("keys", "n-1", own.of("node", "n-1")));
  }

  @Test
  void holds_for_nothing_that_came_without_a_proof() {
    assertFalse(own.holds("node", "n-1", null));
    assertFalse(own.holds("node", "n-1", ""));
    assertFalse(own.holds("node", null, own.of("node", "n-1")));
  }
}
