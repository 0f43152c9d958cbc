package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.product.RunningProduct;

/** A product is always found by its exact name, whatever that is. */
class SearchedNamesTest {

  static final List<String> NAMES =
      List.of(
          "AT&T",
          "The Who",
          "don't",
          "don\u2019t stop",
          "It",
          "To be, or not to be",
          "Not Now",
          "C++",
          "C#",
          "R&D / Q&A",
          "Heat -20",
          "\"Quoted\"",
          "'n' roll",
          "back\\slash \\'",
          "a | b & !c <-> (d):*",
          "caf\u00e9",
          "cafe\u0301 noir",
          "\u212bngstr\u00f6m",
          "\uff34\uff25\uff21",
          "stra\u00dfe",
          "\u039f\u0394\u039f\u03a3 \u03bf\u03b4\u03cc\u03c2",
          "\u0915\u0941\u0930\u094d\u0938\u0940",
          "\u0e40\u0e01\u0e49\u0e32\u0e2d\u0e35\u0e49",
          "\u8336\u676f",
          "\ud83d\ude00",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 mug",
          "!!!",
          "%_%",
          "=",
          "+49 30",
          "3.5 mm",
          "e-mail",
          "rock-'n'-roll",
          "www.example.org/x?y=z",
          "ada@example.org",
          "under_score",
          "\u2014",
          "\ufdfa".repeat(200),
          "\ud83d\ude00".repeat(200),
          "  spaced\u00a0 out\t ",
          "-".repeat(60),
          "Section " + "-".repeat(25) + "(50)" + "-".repeat(25) + " End");

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    service = new RunningProduct();
    for (var i = 0; i < NAMES.size(); i++) {
      create("N-" + i, NAMES.get(i), "");
    }
    create("SET-1", "Coffee set", "For beans");
    create("SET-2", "Coffee pot", "For the table");
    create("TR-1", "\u0130stanbul", "");
    create("ST-1", "HAUPTSTRASSE 7", "");
    create("VINYL-1", "The The", "Concerts of a band");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void a_product_is_found_by_its_whole_name(String name) {
    for (var q :
        List.of(
            name,
            Normalizer.normalize(name, Form.NFD),
            Normalizer.normalize(name, Form.NFC),
            name.toLowerCase(Locale.ROOT))) {
      if (q.codePointCount(0, q.length()) <= 200) {
        assertThat(found(q)).as(q).contains("N-" + NAMES.indexOf(name));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the who          | N-1",
        "THE WH           | N-1",
        "\"the who\"      | N-1",
        "\"who the\"      | ''",
        "at&t             | N-0",
        "\ud83d\ude00 mug | N-25",
        "\u0130stanbul   | TR-1",
        "caf\u00e9        | N-15 N-16",
        "cafe\u0301       | N-15 N-16",
        "\uff23\uff21\uff26\u00c9 | N-15 N-16",
        "STRASSE          | N-19",
        "strasse          | N-19",
        "STRA\u1E9EE      | N-19",
        "stra\u00df       | N-19",
        "Hauptstra\u00dfe | ST-1",
        "hauptstra\u00df 7 | ST-1",
        "tea              | N-18",
        "\u03bf\u03b4\u03bf\u03c2 | N-20",
        "the the concert  | VINYL-1",
        "coffee the table | SET-2",
        "coffee -beans    | SET-2",
        "coffee -table    | SET-1",
        "coffee -tables   | SET-1",
        "-coffee set      | ''",
        "coffee -\"the table\" | SET-1",
        "\"coffee -set\"   | SET-1",
        "the              | N-1 VINYL-1",
      })
  void words_of_names_are_words(String q, String skus) {
    assertThat(found(q))
        .containsExactlyInAnyOrder(skus.isEmpty() ? new String[0] : skus.split(" "));
  }

  @Test
  void what_nobody_says_finds_nothing() {
    for (var q :
        List.of(
            "-".repeat(200),
            "- ".repeat(100),
            "a --1".repeat(40),
            " ",
            "\\",
            "'",
            "''",
            "\\\\'",
            ":*",
            "& |",
            "-",
            "\"",
            "\u0301")) {
      assertThat(found(q)).as(q).doesNotContain("N-0", "N-1");
    }
  }

  /** Repeats requests that the database gave up: a search can take too long on a busy machine. */
  private static List<String> found(String q) {
    return await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> service.reply(LIST_PRODUCTS, Map.of("q", q, "limit", 100)),
            page -> page.incomplete() == null)
        .items()
        .stream()
        .map(Product::sku)
        .toList();
  }

  /** Bypasses the service: names that it no longer accepts must still be found. */
  private static void create(String sku, String name, String description) {
    service.execute(
        """
        with made as (
          insert into product (id, sku, name, description, category, amount, currency, attributes)
          values (gen_random_uuid(), ?, ?, ?, 'things', 1, 'EUR', '{}')
          returning id
        )
        insert into stock (product_id, on_hand) select id, 1 from made
        """,
        sku,
        name,
        description);
  }
}
