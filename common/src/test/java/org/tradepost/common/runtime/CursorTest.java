package org.tradepost.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ServiceException;

class CursorTest {

  @Test
  void gives_back_what_it_was_made_of() {
    var cursor = Cursor.write("orders", List.of("2026-01-01T00:00:00Z", "ä/+"));
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.read(cursor, "orders", 2)).containsExactly("2026-01-01T00:00:00Z", "ä/+");
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
      assertThatThrownBy(attempt::run)
          .isInstanceOfSatisfying(
              ServiceException.class,
              refusal -> assertThat(refusal.failure().code()).isEqualTo("INVALID_CURSOR"));
    }
  }
}
