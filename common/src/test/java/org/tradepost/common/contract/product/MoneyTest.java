package org.tradepost.common.contract.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {

  private static final Money MAX = new Money(Long.MAX_VALUE, "EUR");

  @Test
  void adds_and_multiplies() {
    assertThat(new Money(1999, "EUR").times(3).plus(new Money(1, "EUR")))
        .isEqualTo(new Money(5998, "EUR"));
  }

  @Test
  void never_wraps() {
    assertThatThrownBy(() -> MAX.times(2)).hasMessageContaining("too large");
    assertThatThrownBy(() -> MAX.plus(new Money(1, "EUR"))).hasMessageContaining("too large");
  }

  @Test
  void does_not_mix_currencies() {
    assertThatThrownBy(() -> MAX.plus(new Money(1, "USD"))).hasMessageContaining("same currency");
  }
}
