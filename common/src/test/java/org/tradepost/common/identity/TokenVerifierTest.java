package org.tradepost.common.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.common.testing.TestNode.await;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.testing.TestNode;
import org.tradepost.common.testing.TestTokens;

class TokenVerifierTest {

  private static ClusterNode node;
  private static TestTokens tokens;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
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
  void nobody_is_a_stranger() {
    assertThat(await(node.verifier().verify(null))).isEqualTo(Caller.STRANGER);
  }

  @Test
  void an_expired_token_is_refused() {
    var token = tokens.token("u1", Set.of(), "s1", Instant.now().minusSeconds(10));
    assertThat(refused(token)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_token_is_refused_once_its_session_is_revoked() {
    var token = tokens.token("u1", Set.of(), "s2", Instant.now().plusSeconds(60));
    await(node.verifier().verify(token));
    tokens.revoke("s2");
    await(node.trustedKeys().refresh());
    assertThat(refused(token)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_changed_claim_breaks_the_signature() {
    var parts = tokens.customer("u1").split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var forged = claims.replace("\"customer\"", "\"admin\"");
    assertThat(refused(parts[0] + "." + base64(forged) + "." + parts[2]))
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_token_without_signature_is_refused() {
    var header = base64(new JsonObject().put("alg", "none").put("typ", "at+jwt").encode());
    var claims = tokens.customer("u1").split("\\.")[1];
    assertThat(refused(header + "." + claims + ".")).isEqualTo("UNAUTHENTICATED");
    assertThat(refused(header + "." + claims)).isEqualTo("UNAUTHENTICATED");
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
    assertThat(refused(signed + "." + signature)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void anything_else_is_refused() {
    for (var token : new String[] {"", ".", "..", "a.b.c", "e30.e30.e30", "x".repeat(5_000)}) {
      assertThat(refused(token)).as(token).isEqualTo("UNAUTHENTICATED");
    }
  }

  private static String refused(String token) {
    return catchThrowableOfType(ServiceException.class, () -> await(node.verifier().verify(token)))
        .failure()
        .code();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
