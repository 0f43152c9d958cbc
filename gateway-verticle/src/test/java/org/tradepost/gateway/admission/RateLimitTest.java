package org.tradepost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.TestTokens;

/** Clients that send too many requests; each test has its own addresses. */
class RateLimitTest {

  private static final int QUOTA = 10;

  @AutoClose private static GatewaySetup setup;

  private static TestTokens tokens;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    setup =
        new GatewaySetup(
            "TRADEPOST_RATE_LIMIT",
            "1",
            "TRADEPOST_TRUSTED_PROXIES",
            Loopback.ADDRESS + ", 10.1.0.0/16, fd00::/8");
    tokens = setup.tokens;
    gateway = setup.gateway;
  }

  @Test
  void an_answer_tells_what_is_left() {
    var answer = from("192.0.2.1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ratelimit-policy")).isEqualTo("\"default\";q=10;w=10");
    assertThat(answer.header("ratelimit")).isEqualTo("\"default\";r=9;t=1");
  }

  @Test
  void past_the_limit_an_address_gets_429() {
    var rejected = exhaust("192.0.2.2");
    assertThat(rejected.code()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(rejected.header("retry-after")).isEqualTo("1");
    assertThat(rejected.header("ratelimit")).startsWith("\"default\";r=0;t=");
    assertThat(from("192.0.2.3").status()).isEqualTo(200);
  }

  @Test
  void who_has_a_token_is_counted_alone_wherever_they_are() {
    var first = "Bearer " + tokens.customer("first");
    var second = "Bearer " + tokens.customer("second");
    exhaust(i -> "192.0.2." + (10 + i % 2), "Authorization", first);
    assertThat(from("192.0.2.12", "Authorization", first).header("ratelimit")).contains("r=0;");
    assertThat(from("192.0.2.10", "Authorization", second).header("ratelimit")).contains("r=9;");
    assertThat(from("192.0.2.10").header("ratelimit")).contains("r=9;");
  }

  @Test
  void bad_tokens_count_for_the_address_and_for_no_account() {
    var expired = tokens.token("third", Set.of(), "s", Instant.now().minusSeconds(60));
    exhaust("192.0.2.21", "Authorization", "Bearer " + expired);
    assertThat(from("192.0.2.21").header("ratelimit")).contains("r=0;");
    var good = "Bearer " + tokens.customer("third");
    assertThat(from("192.0.2.22", "Authorization", good).header("ratelimit")).contains("r=9;");
    var answer = from("192.0.2.20", "Authorization", "Bearer bad");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ratelimit")).contains("r=9;");
    exhaust("192.0.2.20", "Authorization", "Bearer bad");
  }

  @ParameterizedTest
  @CsvSource({
    "'198.51.100.1, 192.0.2.30', 192.0.2.30",
    "'192.0.2.31, 10.1.2.3', 192.0.2.31",
    "'192.0.2.32, fd00::7, 10.1.2.3', 192.0.2.32",
    "'192.0.2.33, 10.2.0.1', 10.2.0.1",
    "'2001:db8:1:2::7', 2001:db8:1:2:ffff::9",
  })
  void only_what_listed_proxies_added_is_believed(String chain, String client) {
    exhaust(chain);
    assertThat(from(client).header("ratelimit")).contains("r=0;");
  }

  /** Sends requests until one is rejected; the bucket refills meanwhile, so the number varies. */
  private static Response exhaust(IntFunction<String> chain, String... headers) {
    for (var i = 0; i < 100 * QUOTA; i++) {
      var answer = from(chain.apply(i), headers);
      if (answer.status() == 429) {
        return answer;
      }
    }
    throw new AssertionError("never rejected");
  }

  private static Response exhaust(String chain, String... headers) {
    return exhaust(request -> chain, headers);
  }

  private static Response from(String chain, String... headers) {
    var all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "X-Forwarded-For";
    all[headers.length + 1] = chain;
    return gateway.get("/v1/notes/a", all);
  }
}
