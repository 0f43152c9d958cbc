package org.tradepost.product.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.product.ProductContract.LIST_PRODUCTS;
import static org.tradepost.common.contract.product.ProductContract.READ_PRODUCT;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.product.RunningProduct;

/** One client sends many searches at once that match too many products, none of them nearby. */
class SearchFloodTest {

  private static final int SEARCHES = 400;
  private static final Map<String, Object> FAR = Map.of("q", "knob", "sort", "name");

  private static final String FILL =
      """
      with made as (
        insert into product (id, sku, name, description, category, amount, currency, attributes)
        select gen_random_uuid(), 'S' || n, to_char(n, 'FM00000'),
               case when n > 5500 then 'knob' else 'door' end, 'parts', n, 'EUR', '{}'
          from generate_series(1, 11000) as n
        returning id
      )
      insert into stock (product_id, on_hand) select id, 1 from made
      """;

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void fill() {
    service = new RunningProduct();
    service.execute(FILL);
    service.execute("analyze product");
    // The first requests open the connections, which takes long in a cold JVM.
    await(Future.join(sent(FAR, 20)).otherwiseEmpty());
  }

  @Test
  void who_searches_too_broadly_is_told_and_can_go_on() {
    var page = service.reply(LIST_PRODUCTS, FAR);
    assertThat(page.items()).isEmpty();
    assertThat(page.incomplete()).isTrue();
    while (page.items().isEmpty()) {
      page =
          service.reply(
              LIST_PRODUCTS, Map.of("q", "knob", "sort", "name", "cursor", page.nextCursor()));
    }
    assertThat(page.items().get(0).name()).isEqualTo("05501");
  }

  private static List<Map<String, Object>> searches() {
    return List.of(FAR, Map.of("q", "knob", "facets", true));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void a_flood_of_searches_costs_nobody_else_their_answers(Map<String, Object> search) {
    var product = service.product(1_000);
    var searches = sent(search, SEARCHES);
    var reads =
        Stream.generate(() -> service.sendAsAdmin(READ_PRODUCT, Map.of("id", product)))
            .limit(50)
            .toList();
    var holds =
        Stream.generate(() -> service.hold(RunningProduct.request(UUID.randomUUID(), product, 1)))
            .limit(50)
            .toList();

    await(Future.all(reads));
    await(Future.all(holds));
    await(Future.join(searches).otherwiseEmpty());
    assertThat(searches.stream().filter(Future::succeeded).map(Future::result)).isNotEmpty();
    assertThat(pages(searches))
        .allMatch(page -> page.incomplete() != null || !page.items().isEmpty());
    assertThat(searches.stream().filter(Future::failed).map(Future::cause))
        .as("more than may wait")
        .isNotEmpty()
        .allMatch(
            failure ->
                failure instanceof ServiceException rejection
                    && rejection.is(CommonError.OVERLOADED));
  }

  private static List<Future<Message<Buffer>>> sent(Map<String, Object> search, int times) {
    return Stream.generate(() -> service.sendAsAdmin(LIST_PRODUCTS, search)).limit(times).toList();
  }

  private static List<ProductPage> pages(List<Future<Message<Buffer>>> searches) {
    return searches.stream()
        .filter(Future::succeeded)
        .map(search -> WireJson.read(search.result().body(), ProductPage.class))
        .toList();
  }
}
