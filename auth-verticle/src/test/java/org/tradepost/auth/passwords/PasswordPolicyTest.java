package org.tradepost.auth.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final String ADA = "Ada.L@example.org";

  private static final String PART =
      "must not contain a part of the email address that has 5 characters or more";

  private final PasswordPolicy policy = new PasswordPolicy(15);

  @ParameterizedTest
  @ValueSource(strings = {"fifteen letters", "a long sentence about nothing"})
  void length_is_all_it_takes(String password) {
    assertThat(policy.fault(password, ADA)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fourteen chars", "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11"})
  void a_short_one_does_not_do(String password) {
    assertThat(policy.fault(password, ADA)).contains("must have at least 15 characters");
  }

  @Test
  void a_long_one_does_not_do() {
    var long128 = "a long walk to the sea, ".repeat(6).substring(0, 128);
    assertThat(policy.fault(long128, ADA)).isEmpty();
    assertThat(policy.fault(long128 + "x", ADA)).contains("must have at most 128 characters");
  }

  @Test
  void length_is_counted_before_and_after_normalizing() {
    // Normalization turns one character into eighteen.
    assertThat(policy.fault("\uFDFA", ADA)).contains("must have at least 15 characters");
    // It turns sixteen into eight.
    assertThat(policy.fault("e\u0301u\u0308".repeat(4), ADA))
        .contains("must have at least 15 characters");
    assertThat(policy.fault("xy\uFDFA".repeat(8), ADA))
        .contains("must have at most 128 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my ada.l@example.org",
        "MY ADA.L@EXAMPLE.ORG",
        "ada.l is my name, and long",
        "\uFF41\uFF44\uFF41.l is my name, wide",
        "for example this sentence"
      })
  void no_part_of_the_email_does(String password) {
    assertThat(policy.fault(password, ADA)).contains(PART);
  }

  @ParameterizedTest
  @CsvSource({
    "straße@a.org, my STRASSE is long",
    "STRASSE@a.org, my straße is long",
    "οδυσσευς@a.org, my ΟΔΥΣΣΕΥΣ is long",
    "ada@münchen.de, MÜNCHEN is where I live",
    "ada@mu\u0308nchen.de, münchen is where I live"
  })
  void the_email_is_folded_as_emails_are(String email, String password) {
    assertThat(policy.fault(password, email)).contains(PART);
  }

  @Test
  void each_whole_part_counts_wherever_the_email_is_cut() {
    var lovelace = "ada.lovelace+shop1@mail.example.org";
    assertThat(policy.fault("this is lovelace at work", lovelace)).contains(PART);
    assertThat(policy.fault("this is shop1 and nothing", lovelace)).contains(PART);
    assertThat(policy.fault("this is lovelac and no more", lovelace)).isEmpty();
    assertThat(policy.fault("this is mail from no organ", lovelace)).isEmpty();
  }

  @Test
  void a_short_part_may_be_chance() {
    assertThat(policy.fault("a password of Ada's own", "ada@a.org")).isEmpty();
    assertThat(policy.fault("fours are fine as parts", "four@fine.part")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwordpassword",
        "Password Password",
        "p-a-s-s-w-o-r-d-1234567",
        "password20231107",
        "123456789012345",
        "987654321098765",
        "qwertyuiopasdfgh",
        "lkjhgfdsapoiuytrewq",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaa",
        "               ",
        "abc1abc1abc1abc1",
        "iloveyouiloveyou",
        "1qaz2wsx3edc4rfv",
        "correct horse battery staple",
        "\uFF50\uFF41\uFF53\uFF53word password"
      })
  void what_many_people_use_does_not_do(String password) {
    assertThat(policy.fault(password, ADA)).contains("must not be a common password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "a long walk to the sea",
        "the password is a secret",
        "x9!kPq27zLw#tR4v",
        "[%&)hello!=?$+{;(>|",
        "山田太郎の長い長い秘密の言葉です"
      })
  void what_few_people_use_does(String password) {
    assertThat(policy.fault(password, ADA)).isEmpty();
  }
}
