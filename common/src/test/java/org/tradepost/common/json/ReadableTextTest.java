package org.tradepost.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableTextTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 0x1B, 0x7F, 0x85, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x180F,
        0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2065,
        0x2066, 0x2069, 0x206F, 0x2800, 0x3164, 0xFDD0, 0xFDEF, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0,
        0xFFF0, 0xFFF9, 0xFFFC, 0xFFFE, 0xFFFF, 0x1107F, 0x13439, 0x1343F, 0x13441, 0x13442,
        0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF,
        0x10FFFF, 0xD800, 0xDFFF
      })
  void what_nobody_sees_is_in_no_text(int point) {
    var text = "Ada" + Character.toString(point) + "Lovelace";
    assertThat(ReadableText.isLine(text)).isFalse();
    assertThat(ReadableText.isText(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ada",
        "Zoë",
        "Zoe\u0308",
        "Владимир",
        "山田 太郎",
        "محمد",
        "שלום",
        "नमस्ते",
        "Ⅻ",
        "100 %",
        "☕",
        "🎉",
        "👍🏽",
        "l'Été",
        "a\u00A0b",
        "ｗｉｄｅ"
      })
  void what_people_write_is_readable(String text) {
    assertThat(ReadableText.isLine(text)).isTrue();
    assertThat(ReadableText.isText(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x9, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2007, 0x200A, 0x2028, 0x202F, 0x205F, 0x3000
      })
  void spaces_of_any_kind_are_stripped_from_the_ends(int space) {
    var spaces = Character.toString(space).repeat(2);
    assertThat(ReadableText.strip(spaces + "a" + spaces + "b" + spaces))
        .isEqualTo("a" + spaces + "b");
    assertThat(ReadableText.strip(spaces)).isEmpty();
  }

  @Test
  void only_a_text_has_several_lines() {
    for (var layout : new String[] {"\n", "\r\n", "\t"}) {
      assertThat(ReadableText.isText("one" + layout + "two")).isTrue();
      assertThat(ReadableText.isLine("one" + layout + "two")).isFalse();
    }
    for (var other : new String[] {"\u000B", "\f", "\u0085", "\u2028"}) {
      assertThat(ReadableText.isText("one" + other + "two")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u00A0", "\u3000\u2003", "  \u202F"})
  void spaces_alone_show_nothing(String text) {
    assertThat(ReadableText.isLine(text)).isFalse();
    assertThat(ReadableText.isText(text + "\n")).isFalse();
  }
}
