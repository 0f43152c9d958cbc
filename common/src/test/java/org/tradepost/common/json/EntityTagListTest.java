package org.tradepost.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagListTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"a\"            | a",
        "W/\"a\"          | a",
        "\"a\",\"b\"      | a b",
        ",, \"a\" ,W/\"b\", | a b",
        "\"a,b\"          | a,b",
        "\"a\\\"           | a\\",
        "\"\u00ff!#~\"     | \u00ff!#~",
      })
  void a_list_is_read(String text, String tags) {
    assertThat(EntityTagList.read(text))
        .hasValueSatisfying(list -> assertThat(list.tags()).containsExactly(tags.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", "a", "\"a", "\"a\" \"b\"", "w/\"a\"", "W/ \"a\"", "\"a b\"", "*,*"})
  void what_is_no_list_is_none(String text) {
    assertThat(EntityTagList.read(text)).isEmpty();
  }

  @Test
  void the_asterisk_stands_for_every_tag() {
    assertThat(EntityTagList.read(" * ").orElseThrow().has("x"::equals)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "\"a-gzip\"", "\"a;br\"", "\"b\", W/\"a--zstd\""})
  void what_a_proxy_added_is_set_aside(String text) {
    assertThat(EntityTagList.read(text).orElseThrow().has("a"::equals)).isTrue();
    assertThat(EntityTagList.read(text).orElseThrow().has("c"::equals)).isFalse();
  }

  @Test
  void a_long_list_that_is_broken_at_its_end_costs_little() {
    assertThat(EntityTagList.read(", ".repeat(100_000) + "\"a\", ".repeat(100_000) + "x"))
        .isEmpty();
  }
}
