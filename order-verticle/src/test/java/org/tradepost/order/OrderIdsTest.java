package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderIdsTest {

  @Test
  void follows_the_example_of_the_rfc() {
    // RFC 9562, appendix A.4: the DNS namespace and the name www.example.com.
    var dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(OrderIds.of(dns, "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }

  @Test
  void differs_by_customer_and_by_key() {
    var one = UUID.randomUUID();
    assertThat(OrderIds.of(one, "a"))
        .isNotEqualTo(OrderIds.of(one, "b"))
        .isNotEqualTo(OrderIds.of(UUID.randomUUID(), "a"));
  }
}
