package org.tradepost.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.ProductContract.LIST_PRODUCTS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.common.contract.ProductContract.Product;

/** In a catalogue that is longer than the way that a search goes along it. */
class SearchedPageTest {

  /**
   * Sorted by name: of 3,000 products every other one is a door, one in a hundred is a key, and so
   * are the last two hundred; the very last is a bell. Then 6,000 knobs, more than are sorted.
   * Prices go up and down with the names.
   */
  private static final String FILL =
      """
      with made as (
        insert into product (id, sku, name, description, category, amount, currency, attributes)
        select gen_random_uuid(), 'S' || n, to_char(n, 'FM00000'),
               case when n > 3000 then 'knob'
                    else concat_ws(' ', case when n % 2 = 0 then 'door' end,
                                   case when n % 100 = 50 or n > 2800 then 'key' end,
                                   case when n = 3000 then 'bell' end)
               end,
               'parts', n % 97, 'EUR', '{}'
          from generate_series(1, 9000) as n
        returning id
      ), stored as (
        insert into stock (product_id, on_hand) select id, 1 from made
      )
      insert into ledger (product_id, delta, reason, on_hand) select id, 1, 'opening', 1 from made
      """;

  private static RunningProduct service;

  @BeforeAll
  static void fill() {
    service = new RunningProduct();
    service.execute(FILL);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "door, name, 1500", "door, -name, 1500", "door, price, 1500", "key, name, 228",
        "key, -name, 228",
    "key, -price, 228", "bell, name, 1", "bell, -name, 1", "bell, price, 1", "gate, name, 0",
    "knob, name, 6000", "knob, -name, 6000", "knob, price, 6000"
  })
  void pages_show_all_that_match_and_each_once(String word, String sort, int count) {
    var found = all(Map.of("q", word, "sort", sort, "limit", 100));
    assertThat(found)
        .hasSize(count)
        .doesNotHaveDuplicates()
        .allMatch(product -> product.description().contains(word))
        .isSortedAccordingTo(order(sort));
  }

  @Test
  void a_page_is_full_although_few_match_nearby() {
    // Ten keys are near the beginning, too few for a page; after 28 of them come the last two
    // hundred.
    var page = service.reply(LIST_PRODUCTS, Map.of("q", "key", "sort", "name", "limit", 50));
    assertThat(page.items()).hasSize(50);
    assertThat(page.items().get(0).name()).isEqualTo("00050");
    assertThat(page.items().get(49).name()).isEqualTo("02822");
  }

  @Test
  void filters_leave_out_matches_near_and_far() {
    var found = all(Map.of("q", "key", "minPrice", 90, "sort", "name", "limit", 3));
    assertThat(found).isNotEmpty().allMatch(product -> product.price().amount() >= 90);
    assertThat(found)
        .hasSameSizeAs(
            all(Map.of("q", "key", "limit", 100)).stream()
                .filter(product -> product.price().amount() >= 90)
                .toList());
  }

  private static Comparator<Product> order(String sort) {
    Comparator<Product> order =
        sort.endsWith("price")
            ? Comparator.comparing(product -> product.price().amount())
            : Comparator.comparing(Product::name);
    return sort.startsWith("-") ? order.reversed() : order;
  }

  private static List<Product> all(Map<String, Object> filters) {
    return Stream.iterate(
            service.reply(LIST_PRODUCTS, filters),
            page -> page != null,
            page -> {
              if (page.nextCursor() == null) {
                return null;
              }
              var next = new HashMap<>(filters);
              next.put("cursor", page.nextCursor());
              return service.reply(LIST_PRODUCTS, next);
            })
        .<Product>mapMulti((page, products) -> page.items().forEach(products))
        .collect(ArrayList::new, List::add, List::addAll);
  }
}
