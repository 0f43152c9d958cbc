package org.tradepost.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderDigestsTest {

  @Test
  void an_id_is_the_key_in_the_namespace_of_the_customer() {
    // RFC 9562, appendix A.4.
    var dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(OrderDigests.id(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }
}
