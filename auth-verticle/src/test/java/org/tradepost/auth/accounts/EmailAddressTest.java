package org.tradepost.auth.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.org",
        "a@b.co",
        "ada.lovelace+shop@mail.example.org",
        "o'brien!#$%&*/=?^_`{|}~-@example.org",
        "admin@tradepost.example",
        "δοκιμή@παράδειγμα.δοκιμή",
        "山田@例え.jp",
        "ada@münchen.de",
        "ada@xn--mnchen-3ya.de",
        "ada@1and1.com",
        "ada@a-b.c-d.org",
        "ada@r3---sn.example",
        "ada@faß.example",
        "ada@xn--fa-hia.example",
        "ada@☕.example"
      })
  void an_address_is_taken(String text) {
    assertThat(EmailAddress.isAddress(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@example..org",
        "ada@.org",
        "ada@example.org.",
        "ada@-a.org",
        "ada@a-.org",
        "ada@a_b.org",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        ".ada@example.org",
        "ada.@example.org",
        "a..b@example.org",
        "a b@example.org",
        "\"a b\"@example.org",
        "a@b@example.org",
        "a\uFF20b@example.org",
        "ada\u00A0@example.org",
        "a\u200Bda@example.org",
        "ada@exam\u200Dple.org",
        "ada@example.org\n",
        "ada,eva@example.org",
        "<ada@example.org>",
        "ada\u202E@example.org",
        "ada\uFE0F@example.org",
        "ada@exa\u00A8mple.org",
        "ada@xn--a.example",
        "ada@xn--.example",
        "ada@example.xn--",
        "ada@xn---.example",
        "ada@xn--abc-.example",
        "ada@a.xn--bf1h.org",
        "ada@a.xn--9k8d.org",
        "ada@a.xn--h10f.org",
        "ada@a.xn--6ii.org",
        "ada@a.xn--zva.org",
        "ada@a.xn--zug.org",
        "ada@a.xn--vhk.org",
        "ada@a.xn--v626e.org",
        "ada@a.xn--osd.org",
        "ada@a.xn--fa.org",
        "ada@xn--ab-m1t.org",
        "ada@xn--bwc6iy31d.org"
      })
  void anything_else_is_not(String text) {
    assertThat(EmailAddress.isAddress(text)).isFalse();
  }

  @Test
  void lengths_are_of_octets_and_of_the_domain_as_it_is_asked_for() {
    assertThat(EmailAddress.isAddress("a".repeat(64) + "@b.org")).isTrue();
    assertThat(EmailAddress.isAddress("a".repeat(65) + "@b.org")).isFalse();
    assertThat(EmailAddress.isAddress("é".repeat(32) + "@b.org")).isTrue();
    assertThat(EmailAddress.isAddress("é".repeat(33) + "@b.org")).isFalse();
    assertThat(EmailAddress.isAddress("a@" + "b".repeat(63) + ".org")).isTrue();
    assertThat(EmailAddress.isAddress("a@" + "b".repeat(64) + ".org")).isFalse();
    assertThat(EmailAddress.isAddress("a@" + "b.".repeat(125) + "org")).isFalse();
    assertThat(EmailAddress.isAddress("a@" + "ü".repeat(60) + ".org")).isFalse();
    assertThat(EmailAddress.isAddress("a.".repeat(100_000) + "@b.org")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ADA@EXAMPLE.ORG, ada@example.org",
    "ΟΔΥΣΣΕΥΣ@example.org, οδυσσευς@example.org",
    "οδυσσευσ@example.org, οδυσσευς@example.org",
    "STRASSE@example.org, straße@example.org",
    "stra\u1E9Ee@example.org, straße@example.org",
    "zoe\u0308@example.org, zoë@example.org",
    "ZOË@example.org, zoe\u0308@example.org",
    "\uFF41da@example.org, ada@example.org",
    "\uFB01n@example.org, fin@example.org",
    "\u212Aai@example.org, kai@example.org",
    "\u017Fam@example.org, sam@example.org",
    "ada@MÜNCHEN.de, ada@xn--mnchen-3ya.de",
    "ada@mu\u0308nchen.de, ada@XN--MNCHEN-3YA.DE",
    "ada@\uFF45xample.org, ada@example.org",
    "ada@example\u3002org, ada@example.org",
    "ada@faß.example, ada@xn--fa-hia.example",
    "ada@FAẞ.example, ada@XN--FA-HIA.example",
    "ada@βόλος.example, ada@xn--nxasmm1c.example"
  })
  void addresses_that_people_take_for_the_same_have_one_key(String one, String other) {
    assertThat(EmailAddress.of(one).key()).isEqualTo(EmailAddress.of(other).key());
  }

  @ParameterizedTest
  @CsvSource({
    "ada@example.org, eva@example.org",
    "ıan@example.org, ian@example.org",
    "a.da@example.org, ada@example.org",
    "ada+x@example.org, ada@example.org",
    "zoe@example.org, zoë@example.org",
    "ada@xn--fa-hia.example, ada@fass.example",
    "ada@faß.example, ada@fass.example",
    "ada@βόλος.example, ada@βόλοσ.example"
  })
  void others_have_keys_of_their_own(String one, String other) {
    assertThat(EmailAddress.of(one).key()).isNotEqualTo(EmailAddress.of(other).key());
  }

  @ParameterizedTest
  @CsvSource({
    "ada@xn--mnchen-3ya.de, ada@münchen.de",
    "STRASSE@FAẞ.example, strasse@faß.example",
    "ada@example.org, ada@example.org"
  })
  void a_domain_can_be_read(String text, String readable) {
    assertThat(EmailAddress.of(text).readable()).isEqualTo(readable);
  }

  @Test
  void the_language_of_the_host_makes_no_difference() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(EmailAddress.of("IAN@EXAMPLE.INFO").key()).isEqualTo("ian@example.info");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void folding_twice_changes_nothing() {
    for (var text : new String[] {"ẞ\u0345Ǆ@İ.org", "ΐΰ\u1F80@ﬃ.org", "Å\u030A@Ⅷ.org"}) {
      var key = EmailAddress.of(text).key();
      assertThat(EmailAddress.of(key).key()).isEqualTo(key);
    }
  }
}
