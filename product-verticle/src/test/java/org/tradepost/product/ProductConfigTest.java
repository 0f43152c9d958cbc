package org.tradepost.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.platform.config.Settings;
import org.tradepost.product.retention.RetentionConfig;

class ProductConfigTest {

  private static final Map<String, String> MINIMAL =
      Map.of(
          "TRADEPOST_DATABASE_URL", "postgresql://localhost/product",
          "TRADEPOST_DATABASE_USER", "product",
          "TRADEPOST_DATABASE_PASSWORD", "secret");

  @Test
  void a_hold_lives_a_minute_unless_told_otherwise() {
    assertThat(ProductConfig.from(Settings.of(MINIMAL)).holdLifetime())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void events_are_kept_and_holds_and_keys_forgotten_after_a_month_unless_told_otherwise() {
    assertThat(ProductConfig.from(Settings.of(MINIMAL)).retention())
        .isEqualTo(new RetentionConfig(0, 30, 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3601", "soon"})
  void a_wrong_lifetime_is_named(String seconds) {
    var settings = new HashMap<>(MINIMAL);
    settings.put("TRADEPOST_HOLD_SECONDS", seconds);
    assertThatThrownBy(() -> ProductConfig.from(Settings.of(settings)))
        .hasMessageContaining("TRADEPOST_HOLD_SECONDS");
  }
}
