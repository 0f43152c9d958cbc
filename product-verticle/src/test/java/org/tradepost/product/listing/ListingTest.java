package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.product.ProductContract.ARCHIVE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CREATE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;
import static org.tradepost.product.RunningProduct.rejection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.product.RunningProduct;

class ListingTest {

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    service = new RunningProduct();
    create("COF-ESP-1000", "Espresso beans", "Dark roast, notes of chocolate", "coffee", 1_890);
    create("COF-FIL-0500", "Filter coffee", "Light roast", "coffee", 1_450);
    create("COF-GRN-HND", "hand grinder", "For beans of any roast", "coffee", 6_900);
    create("TEA-GRN-SEN", "Green tea", "Without milk", "tea", 990);
    create("TEA-BLK-DAR", "Black tea", "With milk", "tea", 1_450);
    // Equal in every sort key except the id.
    for (var i = 0; i < 23; i++) {
      create("MUG-" + i, "Mug", "", "mugs", 500);
    }
    service.execute("update product set created_at = '2026-01-01' where category = 'mugs'");
    var gone = create("TEA-OLD", "Old tea", "", "tea", 1);
    service.asAdmin(ARCHIVE_PRODUCT, Map.of("id", gone.id()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coffee             | COF-ESP-1000 COF-FIL-0500 COF-GRN-HND",
        "COFFEE roasts      | COF-ESP-1000 COF-FIL-0500 COF-GRN-HND",
        "bean               | COF-ESP-1000 COF-GRN-HND",
        "espr               | COF-ESP-1000",
        "dark choc          | COF-ESP-1000",
        "cof-esp-1000       | COF-ESP-1000",
        "COF-FIL            | COF-FIL-0500",
        "0500               | COF-FIL-0500",
        "\"light roast\"    | COF-FIL-0500",
        "\"roast light\"    | ''",
        "coffee -beans      | COF-FIL-0500",
        "espresso or green  | COF-ESP-1000 TEA-GRN-SEN",
        "espresso tea       | ''",
        "the                | ''",
        "'&|!:*()'          | ''",
        "old                | ''",
      })
  void words_find_products(String q, String skus) {
    assertThat(all(Map.of("q", q)))
        .extracting(Product::sku)
        .containsExactlyInAnyOrder(skus.isEmpty() ? new String[0] : skus.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "category,  tea,        TEA-BLK-DAR TEA-GRN-SEN",
    "minPrice,  1890,       COF-ESP-1000 COF-GRN-HND",
    "category,  none,       ''",
  })
  void filters_leave_out(String filter, String value, String skus) {
    Object parameter = filter.endsWith("Price") ? Long.valueOf(value) : value;
    assertThat(all(Map.of(filter, parameter)))
        .extracting(Product::sku)
        .containsExactly(skus.isEmpty() ? new String[0] : skus.split(" "));
  }

  @Test
  void archived_products_are_listed_alone() {
    assertThat(all(Map.of("status", "archived", "category", "tea")))
        .extracting(Product::sku)
        .containsExactly("TEA-OLD");
  }

  @Test
  void filters_come_together() {
    assertThat(
            all(Map.of("q", "roast", "category", "coffee", "minPrice", 1_450, "maxPrice", 1_890)))
        .extracting(Product::sku)
        .containsExactlyInAnyOrder("COF-ESP-1000", "COF-FIL-0500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "price", "-price", "createdAt", "-createdAt"})
  void pages_follow_each_other_without_gap_or_repetition(String sort) {
    var everything = all(Map.of("sort", sort, "limit", 100));
    assertThat(everything).hasSize(28).isSortedAccordingTo(order(sort));
    for (var limit : new int[] {1, 4, 7, 27, 28}) {
      assertThat(all(Map.of("sort", sort, "limit", limit))).isEqualTo(everything);
    }
  }

  @Test
  void names_are_sorted_without_regard_to_case() {
    assertThat(all(Map.of("category", "coffee")))
        .extracting(Product::name)
        .containsExactly("Espresso beans", "Filter coffee", "hand grinder");
  }

  @Test
  void administrators_see_what_is_archived() {
    assertThat(all(Map.of("status", "all", "category", "tea"))).hasSize(3);
    var request = Map.of("status", "all");
    assertThat(rejection(() -> service.asCustomer(LIST_PRODUCTS, request)).failure().code())
        .isEqualTo("FORBIDDEN");
    assertThat(rejection(() -> service.asAnonymous(LIST_PRODUCTS, request)).failure().code())
        .isEqualTo("UNAUTHENTICATED");
    var body = service.asAnonymous(LIST_PRODUCTS, Map.of("category", "tea")).body();
    assertThat(WireJson.read(body, ProductPage.class).items()).hasSize(2);
  }

  @Test
  void a_cursor_serves_its_own_listing_only() {
    var cursor = service.reply(LIST_PRODUCTS, Map.of("limit", 1)).nextCursor();
    for (var other :
        List.of(
            Map.of("sort", "-name"),
            Map.of("q", "tea"),
            Map.of("category", "tea"),
            Map.of("minPrice", 1))) {
      var request = new HashMap<String, Object>(other);
      request.put("cursor", cursor);
      assertThat(service.rejected(LIST_PRODUCTS, request)).isEqualTo("INVALID_CURSOR");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "price,     x",
    "price,     99999999999999999999",
    "createdAt, -1",
    "createdAt, 2026-01-01",
    "createdAt, 9223372036854775807",
    "createdAt, NaN",
    "price,     -1",
    "price,     Infinity",
    "name,      NUL",
  })
  void a_forged_cursor_is_rejected(String sort, String key) {
    var genuine =
        WireJson.read(
            new String(
                Base64.getUrlDecoder()
                    .decode(
                        service
                            .reply(LIST_PRODUCTS, Map.of("sort", sort, "limit", 1))
                            .nextCursor()),
                StandardCharsets.UTF_8),
            Map.class);
    var listing = (String) genuine.get("listing");
    var id = (String) ((List<?>) genuine.get("keys")).get(1);
    for (var keys : List.of(List.of(key.replace("NUL", "\0"), id), List.of("1", "no id"))) {
      var forged = Cursor.write(listing, keys);
      assertThat(service.rejected(LIST_PRODUCTS, Map.of("sort", sort, "cursor", forged)))
          .isEqualTo("INVALID_CURSOR");
    }
  }

  @Test
  void the_longest_name_still_fits_a_cursor() {
    var widest = "\uD83D\uDE00".repeat(200);
    create("WIDE-1", widest, "", "wide", 1);
    create("WIDE-2", widest, "", "wide", 1);
    assertThat(all(Map.of("category", "wide", "limit", 1))).hasSize(2);
    service.execute("update product set status = 'archived' where category = 'wide'");
  }

  @Test
  void wrong_parameters_are_told() {
    for (var request :
        List.<Map<String, Object>>of(
            Map.of("sort", "colour"),
            Map.of("limit", 0),
            Map.of("limit", 101),
            Map.of("q", ""),
            Map.of("status", "new"),
            Map.of("minPrice", -1),
            Map.of("minPrice", 2, "maxPrice", 1),
            Map.of("colour", "blue"))) {
      assertThat(service.rejected(LIST_PRODUCTS, request))
          .as(request.toString())
          .isEqualTo("INVALID_REQUEST");
    }
  }

  private static List<Product> all(Map<String, Object> filters) {
    var request = new HashMap<>(filters);
    var all = new ArrayList<Product>();
    String cursor;
    do {
      var page = service.reply(LIST_PRODUCTS, request);
      all.addAll(page.items());
      cursor = page.nextCursor();
      request.put("cursor", cursor);
    } while (cursor != null);
    return all;
  }

  private static Comparator<Product> order(String sort) {
    Comparator<Product> order =
        switch (sort.replace("-", "")) {
          case "name" -> Comparator.comparing(product -> product.name().toLowerCase(Locale.ROOT));
          case "price" -> Comparator.comparing(product -> product.price().amount());
          default -> Comparator.comparing(Product::createdAt);
        };
    // PostgreSQL compares UUIDs as unsigned numbers, Java as signed.
    order = order.thenComparing(product -> product.id().toString());
    return sort.startsWith("-") ? order.reversed() : order;
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
