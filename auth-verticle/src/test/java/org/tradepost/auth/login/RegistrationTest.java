package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.newEmail;
import static org.tradepost.common.contract.auth.AccountContract.REGISTER;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;

class RegistrationTest {

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void an_account_is_a_customers() {
    var email = newEmail();
    var account = auth.call(REGISTER, null, new Register(email, PASSWORD, " Ada "));
    assertThat(account.email()).isEqualTo(email);
    assertThat(account.name()).isEqualTo("Ada");
    assertThat(account.roles()).containsExactly("customer");
    assertThat(account.disabled()).isNull();
  }

  @Test
  void the_reply_says_where_the_account_is() {
    var body = WireJson.write(new Register(newEmail(), PASSWORD, "Ada"));
    var reply =
        await(
            auth.node()
                .bus()
                .send(
                    REGISTER.address(),
                    body,
                    MultiMap.caseInsensitiveMultiMap(),
                    TestNode.TIMEOUT_MILLIS));
    assertThat(reply.headers().get("location")).isEqualTo("/v1/auth/me");
    assertThat(reply.body().toString()).doesNotContain("assword", "argon2");
  }

  @Test
  void an_email_has_one_account_whatever_its_case() {
    var again = new Register(auth.register().toUpperCase(Locale.ROOT), PASSWORD, "Ada");
    assertThat(auth.rejected(REGISTER, null, again).code()).isEqualTo("EMAIL_TAKEN");
  }

  @ParameterizedTest
  @CsvSource({
    "strasse%s@example.org, STRAßE%s@example.org",
    "οδος%s@example.org, ΟΔΟΣ%s@EXAMPLE.org",
    "zoe\u0308%s@example.org, ZOË%s@example.org",
    "ada%s@münchen.de, ada%s@xn--mnchen-3ya.de",
    "\uFF41da%s@example.org, ada%s@example.org"
  })
  void an_email_has_one_account_however_it_is_written(String one, String other) {
    var number = Long.toString(System.nanoTime());
    var first = one.formatted(number);
    var account = auth.call(REGISTER, null, new Register(first, PASSWORD, "Ada"));
    assertThat(account.email()).as("as it was given").isEqualTo(first);
    var again = new Register(other.formatted(number), PASSWORD, "Ada");
    assertThat(auth.rejected(REGISTER, null, again).code()).isEqualTo("EMAIL_TAKEN");
    assertThat(auth.login(other.formatted(number))).isNotNull();
  }

  @Test
  void of_simultaneous_registrations_one_wins() {
    var body = WireJson.write(new Register(newEmail(), PASSWORD, "Ada"));
    var attempts =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    auth.node()
                        .bus()
                        .send(
                            REGISTER.address(),
                            body,
                            MultiMap.caseInsensitiveMultiMap(),
                            TestNode.TIMEOUT_MILLIS))
            .toList();
    await(Future.join(attempts).otherwiseEmpty());
    assertThat(attempts).filteredOn(Future::succeeded).hasSize(1);
    assertThat(attempts)
        .filteredOn(Future::failed)
        .allSatisfy(attempt -> assertThat(attempt.cause()).hasMessageContaining("email"));
  }

  @Test
  void a_short_password_is_rejected_in_words() {
    var rejection =
        auth.rejected(REGISTER, null, new Register(newEmail(), "fourteen chars", "Ada"));
    assertThat(rejection.code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejection.errors())
        .containsExactly(new FieldError("/password", "must have at least 15 characters"));
  }

  @Test
  void a_password_may_not_contain_the_email() {
    var request = new Register("ada.lovelace@example.org", "My ADA.Lovelace password", "Ada");
    assertThat(auth.rejected(REGISTER, null, request).errors())
        .containsExactly(
            new FieldError(
                "/password",
                "must not contain a part of the email address that has 5 characters or more"));
  }

  @Test
  void a_password_may_not_contain_the_domain_as_it_is_read() {
    var request = new Register("ada@xn--mnchen-3ya.de", "living in MÜNCHEN now", "Ada");
    assertThat(auth.rejected(REGISTER, null, request).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/password");
  }

  @Test
  void a_name_loses_the_spaces_of_any_kind_at_its_ends() {
    var request = new Register(newEmail(), PASSWORD, "\u00A0 Ada\u00A0L\u2003\u3000");
    assertThat(auth.call(REGISTER, null, request).name()).isEqualTo("Ada\u00A0L");
  }

  @Test
  void a_domain_with_a_sharp_s_is_another_than_one_with_ss() {
    var name = newEmail().split("@")[0];
    assertThat(auth.call(REGISTER, null, new Register(name + "@fass.example", PASSWORD, "Ada")))
        .isNotNull();
    assertThat(auth.call(REGISTER, null, new Register(name + "@faß.example", PASSWORD, "Ada")))
        .isNotNull();
    var same = new Register(name + "@xn--fa-hia.example", PASSWORD, "Ada");
    assertThat(auth.rejected(REGISTER, null, same).code()).isEqualTo("EMAIL_TAKEN");
  }

  @Test
  void characters_are_counted_and_not_bytes() {
    var request = new Register(newEmail(), "\uD83D\uDD11xkqzvjw".repeat(16), "Ada");
    assertThat(auth.call(REGISTER, null, request)).isNotNull();
    var longer = new Register(newEmail(), "\uD83D\uDD11".repeat(129), "Ada");
    assertThat(pointers(WireJson.writeText(longer))).containsExactly("/password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ada",
        "@",
        "ada@",
        "@example.org",
        "ada@example.org ",
        "a@b@c",
        "a\u0000b@c.org",
        "a\u200Bda@example.org",
        "ada@exam_ple.org",
        "ada@example.org\u2028",
        "a..b@example.org",
        "ada@xn--a.example",
        "ada@a.xn--zug.org"
      })
  void what_is_no_email_is_rejected(String email) {
    assertThat(pointers(WireJson.writeText(new Register(email, PASSWORD, "Ada"))))
        .isNotEmpty()
        .containsOnly("/email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "\u00A0",
        "Ada\n",
        "\tAda",
        "A\u0000da",
        "A\u0085da",
        "A\u200Bda",
        "\u202EAda",
        "Ada\uFE0F",
        "A\u2028da",
        "Ada\uDB40\uDC41",
        "A\uD834\uDD59da",
        "A\uD80D\uDC41da",
        "A\uD81B\uDFE4da"
      })
  void what_is_no_name_is_rejected(String name) {
    assertThat(pointers(WireJson.writeText(new Register(newEmail(), PASSWORD, name))))
        .isNotEmpty()
        .containsOnly("/name");
  }

  @Test
  void long_texts_are_rejected() {
    var texts = List.of("a".repeat(60_000), "a@".repeat(30_000), "a.".repeat(30_000) + "@b.org");
    for (var text : texts) {
      assertThat(pointers(WireJson.writeText(new Register(text, text, text))))
          .contains("/email", "/password", "/name");
    }
  }

  @Test
  void half_a_character_is_rejected() {
    assertThat(
            pointers(
                "{\"email\":\"%s\",\"password\":\"%s\\ud800\",\"name\":\"\\udc00\"}"
                    .formatted(newEmail(), PASSWORD)))
        .containsExactlyInAnyOrder("/password", "/name");
  }

  @Test
  void every_fault_has_its_pointer() {
    assertThat(pointers("{\"email\":1,\"password\":null,\"nmae\":\"Ada\"}"))
        .containsExactlyInAnyOrder("/email", "/password", "/name", "/nmae");
  }

  @Test
  void what_is_no_json_object_is_rejected() {
    for (var body : List.of("", "{", "[]", "null", "7", "\"text\"", "{\"email\":\"a\"}}")) {
      assertThat(auth.rejected(REGISTER, null, body).status()).as(body).isEqualTo(400);
    }
  }

  private List<String> pointers(String body) {
    var rejection = auth.rejected(REGISTER, null, body);
    assertThat(rejection.code()).isEqualTo("INVALID_REQUEST");
    return rejection.errors().stream().map(FieldError::pointer).distinct().toList();
  }
}
