package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.common.contract.product.ProductContract.CHANGE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CREATE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.tradepost.common.contract.product.ProductContract.CategoryCount;
import org.tradepost.common.contract.product.ProductContract.PriceBand;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.product.RunningProduct;

/** What shoppers expect of a search that few products match. */
class RelevanceTest {

  static final List<String> HOSTILE =
      List.of(
          "'&|!:*()",
          "a & !(b | c) <-> d:*",
          "'); drop table product; --",
          "\\",
          "$1 %s %1$s {} ${x}",
          "\u200b\u200d\u2060",
          "\u202e\u05e7\u05e4\u05d4 coffee",
          "\u0642\u0647\u0648\u0629 \u0633\u0648\u062f\u0627\u0621",
          "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "a ".repeat(100).strip(),
          "a or ".repeat(39) + "b",
          "-a ".repeat(60).strip(),
          "\"".repeat(200),
          "x".repeat(200),
          "coffe\u0301e",
          "the of and a in",
          ":* or *",
          "cofeex cofeey cofeez cofeew coffea coffeb");

  private static Map<String, String> settings;

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    settings = TestDatabase.settings();
    service = new RunningProduct(settings);
    create("MUG-1", "Mug", "Holds tea or coffee", "mugs", 900);
    create("GRINDER-1", "Hand grinder", "Grinds coffee", "tools", 6_900);
    create("FILTER-1", "Paper filter for coffee", "White", "tools", 350);
    create("COFFEE-1", "Coffee beans", "From Peru", "coffee", 1_450);
    create("COFFEE", "Ground beans", "Coffee from Brazil, the coffee of coffees", "coffee", 1_890);
    create("LAMP-1", "Brass lamp", "Made of brass", "lamps", 4_900);
    create("RUN-1", "Running shoes", "For every road", "shoes", 8_900);
    create("UM-1", "Gr\u00fcner Teller", "", "plates", 1_500);
  }

  @Test
  void the_sku_comes_first_then_beginnings_of_names_then_names_then_others() {
    assertThat(found("coffee"))
        .containsExactly("COFFEE", "COFFEE-1", "FILTER-1", "MUG-1", "GRINDER-1");
    assertThat(skus(Map.of("q", "coffee", "sort", "relevance"))).isEqualTo(found("coffee"));
    assertThat(skus(Map.of("q", "coffee", "sort", "price")))
        .containsExactly("FILTER-1", "MUG-1", "COFFEE-1", "COFFEE", "GRINDER-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cof         | COFFEE-1",
        "coffee b    | COFFEE-1",
        "Brass la    | LAMP-1",
        "runni       | RUN-1",
        "running sho | RUN-1",
        "gr\u00fcner t  | UM-1",
        "paper fil   | FILTER-1",
      })
  void the_last_word_may_be_a_beginning(String q, String first) {
    assertThat(found(q)).first().isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cofee          | one letter less",
        "cofffee        | one more",
        "coffes         | another letter",
        "cofefe         | two in the wrong order",
        "COFEE          | in capital letters",
        "beans cofee    | beside a word that is right",
        "cofee beanz    | two wrong words",
      })
  void one_letter_may_be_wrong(String q, String what) {
    assertThat(found(q)).as(what).contains("COFFEE-1");
  }

  @Test
  void a_letter_beyond_ascii_may_be_missing() {
    assertThat(found("grner teller")).containsExactly("UM-1");
    assertThat(found("gruner teller")).containsExactly("UM-1");
  }

  @ParameterizedTest
  @CsvSource({"lanp", "cafe", "cofeeee", "coffee brasz lump", "\"cofee\"", "cofee -beans"})
  void shorter_words_and_more_errors_and_signs_are_left_as_they_are(String q) {
    assertThat(found(q)).isEmpty();
  }

  @Test
  void a_word_that_some_product_has_is_not_corrected() {
    create("TOFFEE-1", "Toffee", "", "sweets", 100);
    assertThat(found("toffee")).containsExactly("TOFFEE-1");
    assertThat(found("tofee")).containsExactly("TOFFEE-1");
  }

  @Test
  void other_orders_find_only_what_was_typed() {
    assertThat(skus(Map.of("q", "cofee", "sort", "name"))).isEmpty();
  }

  @Test
  void what_was_just_created_or_changed_is_found_and_corrected() {
    var made = create("SAMOVAR-1", "Samovar", "", "tea", 100);
    assertThat(found("samovar")).containsExactly("SAMOVAR-1");
    assertThat(found("samowar")).containsExactly("SAMOVAR-1");
    service.asAdmin(CHANGE_PRODUCT, Map.of("id", made.id(), "ifMatch", "*", "name", "Urnlet"));
    assertThat(found("urnlett")).containsExactly("SAMOVAR-1");
  }

  @Test
  void pages_follow_each_other_at_any_instance() {
    for (var q : List.of("coffee", "cofee")) {
      var everything = found(q);
      try (var other = new RunningProduct(settings)) {
        var cursor = "";
        for (var i = 0; i < everything.size(); i++) {
          var instance = i % 2 == 0 ? service : other;
          var request = new HashMap<String, Object>(Map.of("q", q, "limit", 1));
          if (!cursor.isEmpty()) {
            request.put("cursor", cursor);
          }
          var page = page(instance, request);
          assertThat(page.items()).extracting(Product::sku).containsExactly(everything.get(i));
          cursor = page.nextCursor();
        }
        assertThat(cursor).isNull();
      }
    }
  }

  @Test
  void a_cursor_of_relevance_serves_no_other_order() {
    var cursor = page(Map.of("q", "coffee", "limit", 1)).nextCursor();
    assertThat(
            service.rejected(
                LIST_PRODUCTS, Map.of("q", "coffee", "sort", "name", "cursor", cursor)))
        .isEqualTo("INVALID_CURSOR");
    assertThat(service.rejected(LIST_PRODUCTS, Map.of("q", "beans", "cursor", cursor)))
        .isEqualTo("INVALID_CURSOR");
  }

  @Test
  void relevance_needs_words() {
    assertThat(service.rejected(LIST_PRODUCTS, Map.of("sort", "relevance")))
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void facets_count_what_all_pages_have() {
    var facets = page(Map.of("q", "coffee", "facets", true, "limit", 1)).facets();
    assertThat(facets.categories())
        .containsExactly(
            new CategoryCount("coffee", 2),
            new CategoryCount("tools", 2),
            new CategoryCount("mugs", 1));
    assertThat(facets.prices())
        .containsExactly(
            new PriceBand(200, 499, 1),
            new PriceBand(500, 999, 1),
            new PriceBand(1_000, 1_999, 2),
            new PriceBand(5_000, 9_999, 1));
    assertThat(facets.estimated()).isNull();
  }

  /** Some of the excluded words differ from their stems. */
  @Test
  void what_is_excluded_is_not_found() {
    assertThat(found("-coffee")).contains("LAMP-1").doesNotContainAnyElementsOf(found("coffee"));
    assertThat(found("coffee -filter"))
        .containsExactlyInAnyOrder("COFFEE", "COFFEE-1", "MUG-1", "GRINDER-1");
    assertThat(found("coffee -grinds -filters"))
        .containsExactlyInAnyOrder("COFFEE", "COFFEE-1", "MUG-1");
    assertThat(page(Map.of("q", "coffee -beans", "facets", true)).facets().categories())
        .containsExactly(new CategoryCount("tools", 2), new CategoryCount("mugs", 1));
  }

  @Test
  void spaces_around_a_sku_do_not_matter() {
    assertThat(found(" coffee-1 ")).startsWith("COFFEE-1");
    assertThat(found("COFFEE\t")).startsWith("COFFEE");
  }

  @Test
  void a_search_that_was_corrected_ends_when_a_product_has_the_word() {
    create("KETTLE-1", "Kettle", "", "kitchen", 100);
    create("KETTLE-2", "Second kettle", "", "kitchen", 100);
    var cursor = page(Map.of("q", "ketxle", "limit", 1)).nextCursor();
    create("KETXLE-1", "Ketxle", "", "kitchen", 100);
    assertThat(service.rejected(LIST_PRODUCTS, Map.of("q", "ketxle", "limit", 1, "cursor", cursor)))
        .isEqualTo("INVALID_CURSOR");
  }

  @Test
  void facets_come_with_any_listing_and_its_filters() {
    var everything = Map.<String, Object>of("status", "all", "facets", true, "limit", 100);
    assertThat(service.reply(LIST_PRODUCTS, everything).facets().categories())
        .contains(new CategoryCount("lamps", 1));
    assertThat(page(Map.of("category", "tools", "facets", true)).facets().categories())
        .containsExactly(new CategoryCount("tools", 2));
    var priced = Map.<String, Object>of("q", "coffee", "maxPrice", 999, "sort", "-price");
    var request = new HashMap<>(priced);
    request.put("facets", true);
    assertThat(page(request).facets().prices())
        .containsExactly(new PriceBand(200, 499, 1), new PriceBand(500, 999, 1));
    assertThat(page(Map.of("q", "cofee", "facets", true)).facets().categories()).hasSize(3);
    assertThat(page(priced).facets()).isNull();
    var nothing = page(Map.of("q", "nothing", "facets", true)).facets();
    assertThat(nothing.categories()).isEmpty();
    assertThat(nothing.prices()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void whatever_is_typed_gets_a_page(String q) {
    var page = page(Map.of("q", q, "facets", true));
    assertThat(page.facets()).isNotNull();
    assertThat(page.incomplete()).isNull();
  }

  private static List<String> found(String q) {
    return skus(Map.of("q", q));
  }

  private static List<String> skus(Map<String, Object> request) {
    return page(request).items().stream().map(Product::sku).toList();
  }

  private static ProductPage page(Map<String, Object> request) {
    return page(service, request);
  }

  /** Repeats requests that the database gave up: a search can take too long on a busy machine. */
  private static ProductPage page(RunningProduct instance, Map<String, Object> request) {
    return await()
        .pollDelay(Duration.ZERO)
        .until(() -> instance.reply(LIST_PRODUCTS, request), RelevanceTest::isComplete);
  }

  private static boolean isComplete(ProductPage page) {
    return page.incomplete() == null
        && (page.facets() == null || page.facets().estimated() == null);
  }

  private static Product create(
      String sku, String name, String description, String category, long amount) {
    return service.reply(
        CREATE_PRODUCT,
        Map.of(
            "sku", sku,
            "name", name,
            "description", description,
            "category", category,
            "price", Map.of("amount", amount, "currency", "EUR"),
            "initialStock", 3));
  }
}
