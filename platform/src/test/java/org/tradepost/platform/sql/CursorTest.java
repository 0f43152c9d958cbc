package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.ServiceException;

class CursorTest {

  @Test
  void gives_back_what_it_was_made_of() {
    var cursor = Cursor.write("orders", List.of("2026-01-01T00:00:00Z", "ä/+"));
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.read(cursor, "orders", 2).texts())
        .containsExactly("2026-01-01T00:00:00Z", "ä/+");
  }

  @Test
  void is_good_for_its_own_listing_alone() {
    var cursor = Cursor.write("orders", List.of("a"));
    for (var attempt :
        List.<Runnable>of(
            () -> Cursor.read(cursor, "products", 1),
            () -> Cursor.read(cursor, "orders", 2),
            () -> Cursor.read("%%%", "orders", 1),
            () -> Cursor.read("", "orders", 1))) {
      assertRejected(attempt::run);
    }
  }

  @Test
  void a_listing_is_all_that_decides_it() {
    var listing = Cursor.listing("orders", "me", null, 7, Instant.EPOCH);
    assertThat(Cursor.listing("orders", "me", null, 7, Instant.EPOCH)).isEqualTo(listing);
    for (var other :
        List.of(
            Cursor.listing("users", "me", null, 7, Instant.EPOCH),
            Cursor.listing("orders", null, "me", 7, Instant.EPOCH),
            Cursor.listing("orders", "me", null, "7", Instant.EPOCH),
            Cursor.listing("orders", "me", null, 7, Instant.EPOCH.plusNanos(1)),
            Cursor.listing("orders", "me", null, 7),
            Cursor.listing("orders", "me\",null,7"))) {
      assertThat(other).isNotEqualTo(listing);
    }
  }

  /** Keys as long as those of the listings: the parameter takes 1,024 characters. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\u0001", "\"", "\u0900", "\ud83d\ude00"})
  void a_cursor_fits_into_its_parameter(String character) {
    var listing = Cursor.listing("products", "x".repeat(10_000));
    var key = character.repeat(Cursor.MAX_KEY_LENGTH);
    var cursor = Cursor.write(listing, List.of(key, UUID.randomUUID().toString()));
    assertThat(cursor.length()).isLessThanOrEqualTo(1_024);
    assertThat(Cursor.read(cursor, listing, 2).text(0)).isEqualTo(key);
  }

  /** What a client may write in place of a key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "NaN",
        "Infinity",
        "-Infinity",
        "-1",
        "1e3",
        "0x10",
        "+7",
        "07",
        "\u0667",
        "1-1-1-1-1",
        "9223372036854775808",
        "999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
        "+294277-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59.999999999Z",
        "-999999999-01-01T00:00:00Z",
        "-4714-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01",
        "infinity",
        "epoch",
        "{\"keys\":[]}",
        "[[[[[[]]]]]]"
      })
  void a_key_that_is_something_else_is_rejected(String forged) {
    var keys = Cursor.read(Cursor.write("any", List.of(forged)), "any", 1);
    assertThat(keys.text(0)).isEqualTo(forged);
    assertRejected(() -> keys.number(0, 0, Long.MAX_VALUE));
    assertRejected(() -> keys.time(0));
    assertRejected(() -> keys.id(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "\udc00\ud800"})
  void what_cannot_be_stored_is_no_key(String forged) {
    var json = "{\"listing\":\"any\",\"keys\":[\"" + escaped(forged) + "\"]}";
    var cursor = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    assertRejected(() -> Cursor.read(cursor, "any", 1));
  }

  @Test
  void keys_within_their_bounds_are_read() {
    var id = UUID.randomUUID();
    var written = List.of("7", "2026-01-01T00:00:00.123456Z", id.toString());
    var keys = Cursor.read(Cursor.write("any", written), "any", 3);
    assertThat(keys.number(0, 7, 7)).isEqualTo(7);
    assertThat(keys.time(1)).isEqualTo("2026-01-01T00:00:00.123456Z");
    assertThat(keys.id(2)).isEqualTo(id);
    assertRejected(() -> keys.number(0, 8, 9));
    assertRejected(() -> keys.number(0, 0, 6));
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
        .collect(Collectors.joining());
  }

  private static void assertRejected(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ServiceException.class,
            rejection -> assertThat(rejection.failure().code()).isEqualTo("INVALID_CURSOR"));
  }
}
