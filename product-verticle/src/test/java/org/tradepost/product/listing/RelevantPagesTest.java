package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.BoundedReads.Bounds;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.product.listing.ListingRepository.SearchLimits;

/** Relevance when more products match than can be ranked. */
class RelevantPagesTest {

  /**
   * Of 8,000 products, every second is made of steel; three in a thousand also have steel in their
   * names. Ten names begin with it. Every fourth name has a board, and one a boar.
   */
  private static final String FILL =
      """
      with made as (
        insert into product (id, sku, name, description, category, amount, currency, attributes)
        select gen_random_uuid(), 'S' || n,
               case when n <= 10 then 'Steel ' || n
                    when n = 11 then 'Boar ' || n
                    when n % 1000 < 3 then 'Kettle of steel ' || n
                    when n % 4 = 0 then 'A board ' || n
                    else 'Thing ' || n end,
               case when n % 2 = 0 then 'made of steel' else 'made of wood' end,
               'c' || n % 3, n, 'EUR', '{}'
          from generate_series(1, 8000) as n
        returning id
      )
      insert into stock (product_id, on_hand) select id, 1 from made
      """;

  private static final SearchLimits LIMITS = new SearchLimits(200, 2_000, 1_000);

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
    TestDatabase.execute(config, "analyze product");
    reader =
        new PageReader(
            new ProductPages(database, new Bounds(2, 10, Duration.ofMinutes(1)), LIMITS));
  }

  @AfterAll
  static void stop() {
    await(database.close());
    await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "steel, 4012",
    "board, 1990",
    "boerd, 1990",
    "thing, 5977",
    "kettle, 22",
    "made, 8000",
    "\"of wood\", 4000",
    "wood or steel, 8000",
    "steel -board, 2022",
  })
  void pages_show_all_that_match_and_each_once(String q, int count) {
    assertThat(reader.all(search(q, 100))).hasSize(count).doesNotHaveDuplicates();
  }

  /** Without statistics, as after a restore, no sample can show that many products match. */
  @Test
  void those_that_only_begin_so_follow_whole_words() {
    TestDatabase.execute(config, "update pg_class set reltuples = -1 where relname = 'product'");
    assertThat(reader.all(search("boar", 100)))
        .hasSize(1991)
        .doesNotHaveDuplicates()
        .first()
        .extracting(Product::name)
        .isEqualTo("Boar 11");
    TestDatabase.execute(config, "analyze product");
  }

  /** The whole catalogue is never read, however few products a part has. */
  @ParameterizedTest
  @ValueSource(strings = {"steel", "stee", "board", "S17", "nothing", "steel board"})
  void every_statement_uses_an_index(String q) {
    var request = search(q, 20);
    for (var part : RelevancePart.values()) {
      var place = RelevancePlace.of(part, false);
      var listing = ProductListing.of(request, SearchText.of(q), place, 20);
      var statements =
          part.isRanked()
              ? Stream.of(
                  listing.ranked(LIMITS.tooManyToSort()),
                  listing.matches().countInSample(LIMITS.sample()),
                  listing.matches().facetsOfSample(LIMITS.sample()),
                  listing.matches().facets(LIMITS.tooManyToSort()))
              : Stream.of(
                  listing.filtered().scanInOrder(LIMITS.near()),
                  listing.filtered().scanInOrder(LIMITS.far()),
                  listing.filtered().sortMatches(LIMITS.tooManyToSort()));
      statements.forEach(
          sql ->
              assertThat(plan(sql, listing.parameters()))
                  .as("%s of %s", part, q)
                  .containsPattern("Scan (using|on) product_")
                  .doesNotContain("Seq Scan on product"));
    }
  }

  private static String plan(String sql, Tuple parameters) {
    return await(database.query("explain " + sql, parameters)).stream()
        .map(row -> row.getString(0))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void names_that_begin_so_come_first_then_names_then_others() {
    var names = reader.all(search("steel", 7)).stream().map(Product::name).toList();
    assertThat(names.subList(0, 10)).allMatch(name -> name.startsWith("Steel")).isSorted();
    assertThat(names.subList(10, 32)).allMatch(name -> name.startsWith("Kettle of steel"));
    assertThat(names.subList(32, names.size())).noneMatch(name -> name.contains("steel"));
  }

  @Test
  void the_first_page_of_a_frequent_word_is_full() {
    var page = reader.page(search("board", 20));
    assertThat(page.items()).hasSize(20);
    assertThat(page.incomplete()).isNull();
  }

  @Test
  void filters_leave_out() {
    var request =
        new ListProducts("steel", "c1", "active", 100L, 7_000L, null, null, false, 50, null);
    assertThat(reader.all(request))
        .hasSizeGreaterThan(1_000)
        .doesNotHaveDuplicates()
        .allMatch(product -> product.category().equals("c1"))
        .allMatch(product -> product.price().amount() >= 100);
  }

  @Test
  void facets_of_many_matches_are_estimated() {
    var facets =
        reader
            .page(new ListProducts("steel", null, "active", null, null, null, null, true, 1, null))
            .facets();
    assertThat(facets.estimated()).isTrue();
    assertThat(facets.categories()).hasSize(3);
    assertThat(facets.categories())
        .allSatisfy(count -> assertThat(count.count()).isBetween(1_000L, 1_700L));
    var few =
        reader
            .page(new ListProducts("kettle", null, "active", null, null, null, null, true, 1, null))
            .facets();
    assertThat(few.estimated()).isNull();
  }

  @Test
  void a_page_for_which_there_is_no_time_says_so_and_can_be_gone_on_with() {
    var hasty = new Bounds(2, 10, Duration.ofMillis(1));
    var cut = new ProductPages(database, hasty, new SearchLimits(20, 8_000, 8_000));
    var request = search("wood", 100);
    var page = new PageReader(cut).page(request);
    assertThat(page.incomplete()).isTrue();
    assertThat(reader.all(PageReader.next(request, page.nextCursor())))
        .hasSize(4_000 - page.items().size());
  }

  @Test
  void a_ranked_search_that_many_more_products_match_has_to_begin_again() {
    var ranked = search("kettle", 5);
    var next = PageReader.next(ranked, reader.page(ranked).nextCursor());
    var narrow =
        new ProductPages(
            database, new Bounds(2, 10, Duration.ofMinutes(1)), new SearchLimits(200, 2_000, 9));
    assertThatThrownBy(() -> new PageReader(narrow).page(next))
        .isInstanceOfSatisfying(
            ServiceException.class,
            rejection -> assertThat(rejection.failure().code()).isEqualTo("INVALID_CURSOR"));
    assertThat(reader.page(next).items()).hasSize(5);
  }

  private static ListProducts search(String q, int limit) {
    return new ListProducts(q, null, "active", null, null, null, null, false, limit, null);
  }
}
