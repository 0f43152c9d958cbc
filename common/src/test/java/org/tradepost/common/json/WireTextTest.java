package org.tradepost.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may send as text, and as an id. */
class WireTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "é", "\u0001", "😀", "a😀b😀", "\uFFFF"})
  void whole_characters_can_be_stored(String text) {
    assertThat(WireText.isStorable(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "a\u0000", "\uD83D", "\uDE00", "\uDE00\uD83D", "😀\uD83D", "\uD83Da"})
  void nul_and_half_a_pair_cannot(String text) {
    assertThat(WireText.isStorable(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"018f3b5a-7c1e-7b3a-9f00-0123456789ab", "018F3B5A-7C1E-7B3A-9F00-0123456789AB"})
  void a_uuid_is_an_id(String text) {
    assertThat(WireId.isId(text)).isTrue();
    assertThat(WireId.read(text)).hasToString(text.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "018f3b5a7c1e7b3a9f000123456789ab",
        "018f3b5a-7c1e-7b3a-9f00-0123456789ag",
        "018f3b5a-7c1e-7b3a-9f00-0123456789ab\n",
        "018f3b5a-7c1e-7b3a-9f00-0123456789a",
        "018f3b5a-7c1e-7b3a+9f00-0123456789ab",
        "018f3b5a-7c1e-7b3a-9f00-0123456789a٣"
      })
  void anything_else_is_none(String text) {
    assertThat(WireId.isId(text)).isFalse();
  }
}
