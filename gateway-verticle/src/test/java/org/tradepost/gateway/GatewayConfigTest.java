package org.tradepost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.gateway.admission.Limits;
import org.tradepost.gateway.routing.ReservedPrefixes;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

class GatewayConfigTest {

  @Test
  void nothing_needs_to_be_set() {
    var config = GatewayConfig.from(Settings.of(Map.of()));
    assertThat(config.host()).isEqualTo(Loopback.ADDRESS);
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.corsOrigins()).isEmpty();
    assertThat(config.prefixes()).isEqualTo(ReservedPrefixes.NONE);
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                65_536,
                500,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                4_000,
                1_000,
                25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRADEPOST_HTTP_PORT|70000",
        "TRADEPOST_CONSOLE|8080",
        "TRADEPOST_CORS_ORIGINS|shop.example",
        "TRADEPOST_CORS_ORIGINS|*,https://shop.example",
        "TRADEPOST_REQUEST_TIMEOUT_SECONDS|0",
        "TRADEPOST_BODY_TIMEOUT_SECONDS|soon",
        "TRADEPOST_IDLE_TIMEOUT_SECONDS|-1",
        "TRADEPOST_STALE_SECONDS|x",
        "TRADEPOST_BODY_LIMIT|1",
        "TRADEPOST_STREAMS|0",
        "TRADEPOST_STREAM_DRAIN_SECONDS|0",
        "TRADEPOST_DRAIN_SECONDS|11",
        "TRADEPOST_CONNECTIONS|0",
        "TRADEPOST_RATE_LIMIT|-1",
        "TRADEPOST_CLIENT_SHARE_PERCENT|0",
        "TRADEPOST_CLIENT_SHARE_PERCENT|101",
        "TRADEPOST_TRUSTED_PROXIES|proxy.example",
        "TRADEPOST_TRUSTED_PROXIES|10.0.0.0/33",
        "TRADEPOST_TRUSTED_PROXIES|10.0.0.0/x",
        "TRADEPOST_RESERVED_PREFIXES|order",
        "TRADEPOST_RESERVED_PREFIXES|order=v1"
      })
  void a_wrong_setting_is_named(String name, String value) {
    assertThatThrownBy(() -> GatewayConfig.from(Settings.of(Map.of(name, value))))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageStartingWith(name);
  }

  @ParameterizedTest
  @CsvSource({
    "TRADEPOST_HTTP_PORT, TRADEPOST_MANAGEMENT_PORT",
    "TRADEPOST_HTTP_PORT, TRADEPOST_EVENTBUS_PORT",
    "TRADEPOST_CONSOLE, TRADEPOST_MANAGEMENT_PORT",
    "TRADEPOST_CONSOLE, TRADEPOST_EVENTBUS_PORT"
  })
  void no_two_servers_have_the_same_port_of_one_address(String name, String other) {
    var same = Map.of(name, "9000", other, "9000");
    assertThatThrownBy(() -> GatewayConfig.from(Settings.of(same)))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessage(name + " must be another port than " + other);
    var apart = new HashMap<>(same);
    apart.put("TRADEPOST_HTTP_HOST", "10.0.0.5");
    assertThatCode(() -> GatewayConfig.from(Settings.of(apart))).doesNotThrowAnyException();
  }

  @Test
  void the_console_is_on_another_port_than_the_api() {
    assertThatThrownBy(
            () ->
                GatewayConfig.from(
                    Settings.of(
                        Map.of("TRADEPOST_HTTP_PORT", "9000", "TRADEPOST_CONSOLE", "9000"))))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessage("TRADEPOST_CONSOLE must be another port than TRADEPOST_HTTP_PORT");
    var beside = Settings.of(Map.of("TRADEPOST_HTTP_PORT", "9000", "TRADEPOST_CONSOLE", "8080"));
    assertThat(GatewayConfig.from(beside).console().port()).hasValue(8080);
  }
}
