package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.platform.sql.BoundedReads.Bounds;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.product.listing.ListingRepository.SearchLimits;

/** Uses a catalogue that is larger than what is examined for one page. */
class FilteredPageTest {

  /**
   * Sorted by name: of the first 3,000 products, every second is a door, one in a hundred and all
   * of the last 200 are keys, and the very last is a bell. 6,000 knobs follow. Prices cycle from 0
   * to 96. One in a thousand is archived.
   */
  private static final String FILL =
      """
      with made as (
        insert into product (id, sku, name, description, category, amount, currency, attributes, status)
        select gen_random_uuid(), 'S' || n, to_char(n, 'FM00000'),
               case when n > 3000 then 'knob'
                    else concat_ws(' ', case when n % 2 = 0 then 'door' end,
                                   case when n % 100 = 50 or n > 2800 then 'key' end,
                                   case when n = 3000 then 'bell' end)
               end,
               'parts', n % 97, 'EUR', '{}', case when n % 1000 = 7 then 'archived' else 'active' end
          from generate_series(1, 9000) as n
        returning id
      )
      insert into stock (product_id, on_hand) select id, 1 from made
      """;

  private static final SearchLimits LIMITS = new SearchLimits(20, 200, 300);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ListProducts KNOBS =
      new ListProducts("knob", null, "active", null, null, null, "name", false, 100, null);

  private static Vertx vertx;
  private static DatabaseConfig config;
  private static Database database;
  private static PageReader reader;

  @BeforeAll
  static void fill() {
    vertx = Vertx.vertx();
    config = TestDatabase.create();
    database = await(Database.open(vertx, config, "db/product"));
    TestDatabase.execute(config, FILL);
    reader = new PageReader(new ProductPages(database, new Bounds(2, 10, LONG), LIMITS));
  }

  @AfterAll
  static void stop() {
    await(database.close());
    await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "door, name, 1500",
    "door, -name, 1500",
    "door, price, 1500",
    "key, name, 228",
    "key, -name, 228",
    "key, -price, 228",
    "bell, name, 1",
    "bell, -name, 1",
    "bell, price, 1",
    "gate, name, 0",
    "knob, name, 5994",
    "knob, -name, 5994",
    "knob, price, 5994"
  })
  void pages_show_all_that_match_and_each_once(String word, String sort, int count) {
    var found =
        reader.all(
            new ListProducts(word, null, "active", null, null, null, sort, false, 100, null));
    assertThat(found)
        .hasSize(count)
        .doesNotHaveDuplicates()
        .allMatch(product -> product.description().contains(word))
        .isSortedAccordingTo(order(sort));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "price", "-price", "createdAt", "-createdAt"})
  void a_filter_of_prices_shows_all_that_match_and_each_once(String sort) {
    for (var cheapest : List.of(0L, 50L, 95L, 97L)) {
      var found =
          reader.all(
              new ListProducts(null, null, "all", cheapest, 96L, null, sort, false, 100, null));
      assertThat(found)
          .hasSize(priced(cheapest))
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(order(sort));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "price", "-price"})
  void products_of_all_states_come_in_one_order(String sort) {
    assertThat(
            reader.all(
                new ListProducts(null, null, "all", null, null, null, sort, false, 100, null)))
        .hasSize(9_000)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(order(sort));
    assertThat(
            reader.all(
                new ListProducts("key", null, "all", null, null, null, sort, false, 100, null)))
        .hasSize(228)
        .isSortedAccordingTo(order(sort));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-price"})
  void a_filter_of_what_is_available_shows_all_that_match_and_each_once(String sort) {
    var change =
        "update stock set on_hand = %s from product where id = product_id and name::int %% 40 = 9";
    for (var onHand : List.of(0, 1)) {
      TestDatabase.execute(config, change.formatted(onHand));
      var found =
          reader.all(new ListProducts(null, null, "all", null, null, 0L, sort, false, 100, null));
      assertThat(found)
          .hasSize(onHand == 0 ? 225 : 0)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(order(sort));
    }
  }

  @Test
  void a_page_is_full_although_few_match_nearby() {
    var page =
        reader.page(
            new ListProducts("key", null, "active", null, null, null, "name", false, 50, null));
    assertThat(page.incomplete()).isNull();
    assertThat(page.items()).hasSize(50);
    assertThat(page.items().get(0).name()).isEqualTo("00050");
    assertThat(page.items().get(49).name()).isEqualTo("02822");
  }

  @Test
  void filters_leave_out_matches_near_and_far() {
    var found =
        reader.all(
            new ListProducts("key", null, "active", 90L, null, null, "name", false, 3, null));
    assertThat(found).isNotEmpty().allMatch(product -> product.price().amount() >= 90);
    var keys =
        reader.all(
            new ListProducts("key", null, "active", null, null, null, "name", false, 100, null));
    assertThat(found)
        .hasSameSizeAs(keys.stream().filter(product -> product.price().amount() >= 90).toList());
  }

  @Test
  void a_page_looks_at_so_many_products_and_says_when_it_ends_there() {
    // 2,997 active products come before the first knob, and there are too many knobs to sort.
    var request = KNOBS;
    for (var pages = 0; pages < 2_997 / LIMITS.far(); pages++) {
      var page = reader.page(request);
      assertThat(page.items()).isEmpty();
      assertThat(page.incomplete()).isTrue();
      request = PageReader.next(request, page.nextCursor());
    }
    var first = reader.page(request);
    assertThat(first.items()).isNotEmpty();
    assertThat(first.items().get(0).name()).isEqualTo("03001");
  }

  @Test
  void what_the_database_gives_up_is_gone_on_with_from_what_was_found_nearby() {
    var hasty = new Bounds(2, 10, Duration.ofMillis(1));
    // Sorting 6,000 products or examining 9,000 takes longer than a millisecond.
    var cut = new ProductPages(database, hasty, new SearchLimits(20, 9_000, 9_000));
    var page = new PageReader(cut).page(KNOBS);
    assertThat(page.items()).isEmpty();
    assertThat(page.incomplete()).isTrue();
    assertThat(reader.all(PageReader.next(KNOBS, page.nextCursor()))).hasSize(5_994);
  }

  private static int priced(long cheapest) {
    var sql =
        "select count(*)::int as count from product where amount between " + cheapest + " and 96";
    return await(database.query(sql)).iterator().next().getInteger("count");
  }

  private static Comparator<Product> order(String sort) {
    Comparator<Product> order =
        switch (sort.replace("-", "")) {
          case "name" -> Comparator.comparing(Product::name);
          case "price" -> Comparator.comparing(product -> product.price().amount());
          default -> Comparator.comparing(Product::createdAt);
        };
    return sort.startsWith("-") ? order.reversed() : order;
  }
}
