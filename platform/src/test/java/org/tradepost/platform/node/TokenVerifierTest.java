package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.identity.TrustedKeys;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

class TokenVerifierTest {

  private static ClusterNode node;
  private static TestTokens tokens;
  private static ServiceTokens serviceTokens;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    serviceTokens = new ServiceTokens(node.vertx(), "test", TestNode.SECRET);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void a_users_token_names_the_user() {
    var caller = await(node.verifier().verify(tokens.token("u1", Set.of("admin"))));
    assertThat(caller.subject()).isEqualTo("u1");
    assertThat(caller.isAdmin()).isTrue();
  }

  @Test
  void nobody_is_anonymous() {
    assertThat(await(node.verifier().verify(null))).isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void an_expired_token_is_rejected() {
    var token = tokens.token("u1", Set.of(), "s1", Instant.now().minusSeconds(10));
    assertThat(rejected(token)).isEqualTo("UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -60, -5, 5, 60, 230})
  void a_fresh_token_is_good_whatever_the_clock_of_who_verifies(long seconds) {
    var verifier = verifier(seconds);
    assertThat(await(verifier.verify(tokens.customer("u1"))).subject()).isEqualTo("u1");
    var service = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    assertThat(await(verifier.verify(service)).subject()).isEqualTo("order");
  }

  @Test
  void the_expiry_is_held_to_with_five_seconds_of_tolerance() {
    assertThat(await(verifier(0).verify(expiring(-3))).subject()).isEqualTo("u1");
    assertThat(rejected(verifier(0), expiring(-7))).isEqualTo("UNAUTHENTICATED");
    assertThat(rejected(verifier(-60), expiring(-67))).isEqualTo("UNAUTHENTICATED");
    assertThat(await(verifier(60).verify(expiring(57))).subject()).isEqualTo("u1");
  }

  @Test
  void a_service_token_expires_as_well() {
    var service = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    assertThat(rejected(verifier(310), service)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_remembered_token_expires_by_the_clock() {
    var seconds = new AtomicLong();
    var verifier =
        new TokenVerifier(
            serviceTokens, node.trustedKeys(), () -> Instant.now().plusSeconds(seconds.get()));
    var token = expiring(60);
    await(verifier.verify(token));
    seconds.set(70);
    assertThat(rejected(verifier, token)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_token_may_have_been_issued_in_the_future_but_not_begin_there() {
    var now = Instant.now().getEpochSecond();
    var times = new JsonObject().put("exp", now + 7_200).put("iat", now + 3_600);
    assertThat(await(verifier(0).verify(token(times))).subject()).isEqualTo("u1");
    assertThat(await(verifier(0).verify(token(times.put("nbf", now + 55)))).subject())
        .isEqualTo("u1");
    assertThat(rejected(verifier(0), token(times.put("nbf", now + 90))))
        .isEqualTo("UNAUTHENTICATED");
  }

  /** A verifier whose clock is wrong and stands still: a test may take its time. */
  private static TokenVerifier verifier(long seconds) {
    var now = Instant.now().plusSeconds(seconds);
    return new TokenVerifier(serviceTokens, node.trustedKeys(), () -> now);
  }

  private static String expiring(long seconds) {
    return token(new JsonObject().put("exp", Instant.now().getEpochSecond() + seconds));
  }

  private static String token(JsonObject times) {
    return tokens.token("u1", Set.of(), "s1", times);
  }

  @Test
  void a_token_is_rejected_once_its_session_is_revoked() {
    var token = tokens.token("u1", Set.of(), "s2", Instant.now().plusSeconds(60));
    await(node.verifier().verify(token));
    tokens.revoke("s2");
    assertThat(rejected(token)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_changed_claim_breaks_the_signature() {
    var parts = tokens.customer("u1").split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var forged = claims.replace("\"customer\"", "\"admin\"");
    assertThat(rejected(parts[0] + "." + base64(forged) + "." + parts[2]))
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_token_without_signature_is_rejected() {
    var header = base64(new JsonObject().put("alg", "none").put("typ", "at+jwt").encode());
    var claims = tokens.customer("u1").split("\\.")[1];
    assertThat(rejected(header + "." + claims + ".")).isEqualTo("UNAUTHENTICATED");
    assertThat(rejected(header + "." + claims)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void the_public_key_is_no_secret_to_sign_with() throws Exception {
    var header = base64(new JsonObject().put("alg", "HS256").put("typ", "at+jwt").encode());
    var signed = header + "." + tokens.customer("u1").split("\\.")[1];
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("the public key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var signature =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    assertThat(rejected(signed + "." + signature)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void anything_else_is_rejected() {
    for (var token : new String[] {"", ".", "..", "a.b.c", "e30.e30.e30", "x".repeat(5_000)}) {
      assertThat(rejected(token)).as(token).isEqualTo("UNAUTHENTICATED");
    }
  }

  @Test
  void where_none_is_needed_no_keys_are_asked_for() {
    var asked = new AtomicInteger();
    var keys =
        new TrustedKeys(
            node.vertx(),
            () -> {
              asked.incrementAndGet();
              return Promise.<Trust>promise().future();
            });
    var verifier = new TokenVerifier(serviceTokens, keys);
    var known = await(verifier.recognize(tokens.customer("u1")));
    assertThat(known.caller()).isEqualTo(Caller.ANONYMOUS);
    assertThat(known.fault().orElseThrow().is(CommonError.UNAVAILABLE)).isTrue();
    assertThat(asked).hasValue(0);
  }

  @Test
  void where_none_is_needed_a_good_one_names_the_user_all_the_same() {
    assertThat(await(node.verifier().recognize(tokens.customer("u1"))).caller().subject())
        .isEqualTo("u1");
    assertThat(await(node.verifier().recognize(expiring(-60))).caller())
        .isEqualTo(Caller.ANONYMOUS);
    assertThat(await(node.verifier().recognize(null)).fault()).isEmpty();
  }

  private static String rejected(String token) {
    return rejected(node.verifier(), token);
  }

  private static String rejected(TokenVerifier verifier, String token) {
    return catchThrowableOfType(ServiceException.class, () -> await(verifier.verify(token)))
        .failure()
        .code();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
