package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.claims;
import static org.tradepost.auth.AuthFixture.header;
import static org.tradepost.auth.AuthFixture.newEmail;
import static org.tradepost.platform.testing.TestNode.await;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.contract.auth.AuthContract.Login;

class LoginTest {

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void a_login_gives_tokens_that_every_service_takes() {
    var tokens = auth.login(auth.register());
    assertThat(tokens.tokenType()).isEqualTo("Bearer");
    assertThat(tokens.expiresIn()).isEqualTo(900);
    var caller = await(auth.node().verifier().verify(tokens.accessToken()));
    assertThat(caller.roles()).containsExactly("customer");
  }

  @Test
  void an_access_token_says_what_rfc_9068_wants() {
    var token = auth.login(auth.register()).accessToken();
    assertThat(header(token).getString("typ")).isEqualTo("at+jwt");
    assertThat(header(token).getString("alg")).isEqualTo("RS256");
    assertThat(header(token).getString("kid")).isNotBlank();
    var claims = claims(token);
    assertThat(claims.fieldNames())
        .containsExactlyInAnyOrder(
            "iss", "aud", "sub", "client_id", "roles", "sid", "jti", "iat", "exp");
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
  }

  @Test
  void the_case_of_the_email_does_not_matter() {
    var email = auth.register();
    assertThat(auth.login(email.toUpperCase(Locale.ROOT))).isNotNull();
  }

  @Test
  void passwords_that_look_alike_are_alike() {
    var email = newEmail();
    var composed = "na\u00efve \ufb01sh in the pond";
    var decomposed = "nai\u0308ve fish in the pond";
    auth.call(AccountContract.REGISTER, null, new Register(email, composed, "Ada"));
    assertThat(auth.login(email, decomposed)).isNotNull();
  }

  @Test
  void a_wrong_password_and_an_unknown_email_get_the_same_answer() {
    var wrong = auth.rejected(AuthContract.LOGIN, null, new Login(auth.register(), "wrong"));
    var unknown = auth.rejected(AuthContract.LOGIN, null, new Login(newEmail(), PASSWORD));
    assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
    assertThat(unknown).isEqualTo(wrong);
  }

  @Test
  void a_token_opens_the_account() {
    var email = auth.register();
    var me = auth.call(AccountContract.ME, auth.login(email).accessToken(), Empty.NOTHING);
    assertThat(me.email()).isEqualTo(email);
    assertThat(me.disabled()).isNull();
  }

  @Test
  void only_argon2id_hashes_are_stored() {
    var email = auth.register();
    var hash =
        auth.sql("select password_hash from account where email = $1", email)
            .iterator()
            .next()
            .getString(0);
    assertThat(hash).matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[^$]{22}\\$[^$]{43}");
  }
}
