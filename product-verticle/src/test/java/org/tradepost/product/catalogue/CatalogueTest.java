package org.tradepost.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.product.ProductContract.ARCHIVE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CHANGE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.CREATE_PRODUCT;
import static org.tradepost.common.contract.product.ProductContract.READ_PRODUCT;
import static org.tradepost.platform.testing.TestNode.await;
import static org.tradepost.product.RunningProduct.rejection;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.error.FieldError;
import org.tradepost.product.RunningProduct;

class CatalogueTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    service = new RunningProduct();
  }

  @AfterAll
  static void check() {
    assertThat(service.violations()).isZero();
  }

  @Test
  void a_product_is_created_with_its_stock() {
    var reply = service.asAdmin(CREATE_PRODUCT, mug().put("initialStock", 7));
    var json = reply.body().toJsonObject();
    assertThat(reply.headers().get("location")).isEqualTo("/v1/products/" + json.getString("id"));
    assertThat(reply.headers().get("etag")).isEqualTo("\"1-7\"");
    assertThat(json.getInteger("available")).isEqualTo(7);
    assertThat(json.getString("status")).isEqualTo("active");
    assertThat(json.getJsonObject("attributes")).isEqualTo(new JsonObject().put("colour", "blue"));
    assertThat(read(id(json)).sku()).isEqualTo(json.getString("sku"));
  }

  @Test
  void what_may_be_left_out_is_empty() {
    var mug = mug();
    mug.remove("description");
    mug.remove("attributes");
    var product = service.reply(CREATE_PRODUCT, mug);
    assertThat(product.description()).isEmpty();
    assertThat(product.attributes()).isEmpty();
    assertThat(product.available()).isZero();
  }

  @Test
  void a_sku_is_given_once() {
    var mug = mug();
    service.asAdmin(CREATE_PRODUCT, mug);
    assertThat(service.rejected(CREATE_PRODUCT, mug)).isEqualTo("SKU_TAKEN");
  }

  @Test
  void every_fault_of_a_new_product_is_told() {
    var faulty =
        mug()
            .put("sku", "lower")
            .put("name", "  ")
            .put("category", "Two Words")
            .put("price", new JsonObject().put("amount", -1).put("currency", "euro"))
            .put("attributes", new JsonObject().put("", "x").put("colour", 7))
            .put("initialStock", 1_000_000_001)
            .put("stock", 1);
    var rejection = rejection(() -> service.asAdmin(CREATE_PRODUCT, faulty));
    assertThat(rejection.failure().code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejection.failure().errors())
        .extracting(FieldError::pointer)
        .contains(
            "/sku",
            "/name",
            "/category",
            "/price/amount",
            "/price/currency",
            "/attributes/colour",
            "/initialStock",
            "/stock");
  }

  @Test
  void bounds_of_texts_and_attributes_are_kept() {
    var many = new JsonObject();
    for (var i = 0; i < 51; i++) {
      many.put("a" + i, "x");
    }
    for (var faulty :
        List.of(
            mug().put("sku", "A".repeat(65)),
            mug().put("name", "n".repeat(201)),
            mug().put("name", "two\nlines"),
            mug().put("description", "d".repeat(5_001)),
            mug().put("category", "c".repeat(101)),
            mug().put("attributes", many),
            mug().put("attributes", new JsonObject().put("k".repeat(51), "x")),
            mug().put("attributes", new JsonObject().put("k", "v".repeat(501))),
            mug()
                .put(
                    "price",
                    new JsonObject().put("amount", 10_000_000_001L).put("currency", "EUR")),
            mug().put("price", new JsonObject().put("amount", 1).put("currency", "QQQ")))) {
      assertThat(service.rejected(CREATE_PRODUCT, faulty))
          .as(faulty.encode())
          .isEqualTo("INVALID_REQUEST");
    }
    var widest =
        mug()
            .put("name", "\uD83D\uDE00".repeat(200))
            .put("description", "\uD83D\uDE00".repeat(5_000))
            .put("initialStock", 1_000_000_000);
    assertThat(service.reply(CREATE_PRODUCT, widest).available()).isEqualTo(1_000_000_000);
  }

  @Test
  void only_administrators_change_the_catalogue() {
    var id = created().id();
    for (var entry :
        Map.<Operation<?, ?>, Object>of(
                CREATE_PRODUCT, mug(),
                CHANGE_PRODUCT, Map.of("id", id, "ifMatch", "*", "name", "Mine"),
                ARCHIVE_PRODUCT, Map.of("id", id))
            .entrySet()) {
      assertThat(
              rejection(() -> service.asCustomer(entry.getKey(), entry.getValue()))
                  .failure()
                  .code())
          .isEqualTo("FORBIDDEN");
      assertThat(
              rejection(() -> service.asAnonymous(entry.getKey(), entry.getValue()))
                  .failure()
                  .code())
          .isEqualTo("UNAUTHENTICATED");
    }
    assertThat(read(id).version()).isEqualTo(1);
  }

  @Test
  void an_unknown_product_is_not_found() {
    var unknown = UUID.randomUUID();
    assertThat(service.rejected(READ_PRODUCT, Map.of("id", unknown))).isEqualTo("NOT_FOUND");
    assertThat(service.rejected(ARCHIVE_PRODUCT, Map.of("id", unknown))).isEqualTo("NOT_FOUND");
    assertThat(service.rejected(CHANGE_PRODUCT, Map.of("id", unknown, "ifMatch", "*")))
        .isEqualTo("NOT_FOUND");
    assertThat(service.rejected(READ_PRODUCT, Map.of("id", "7"))).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void the_etag_changes_with_the_stock_and_still_lets_the_product_be_changed() {
    var product = created();
    var before =
        service.asAnonymous(READ_PRODUCT, Map.of("id", product.id())).headers().get("etag");
    service.held(product.id(), 2);
    var after = service.asAnonymous(READ_PRODUCT, Map.of("id", product.id())).headers().get("etag");
    assertThat(after).isNotEqualTo(before);
    var reply = change(product.id(), before, Map.of("name", "Bowl"));
    assertThat(reply.name()).isEqualTo("Bowl");
    assertThat(reply.version()).isEqualTo(2);
  }

  @Test
  void a_stale_etag_changes_nothing() {
    var product = created();
    change(product.id(), "\"1-5\"", Map.of("name", "Bowl"));
    assertThat(
            service.rejected(
                CHANGE_PRODUCT, Map.of("id", product.id(), "ifMatch", "\"1-5\"", "name", "Cup")))
        .isEqualTo("PRECONDITION_FAILED");
    assertThat(read(product.id()).name()).isEqualTo("Bowl");
  }

  @Test
  void a_change_without_an_etag_is_rejected() {
    assertThat(service.rejected(CHANGE_PRODUCT, Map.of("id", created().id(), "name", "Cup")))
        .isEqualTo("PRECONDITION_REQUIRED");
  }

  @Test
  void of_concurrent_changes_of_one_version_one_wins() {
    var product = created();
    var attempts =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    service.sendAsAdmin(
                        CHANGE_PRODUCT,
                        Map.of("id", product.id(), "ifMatch", "\"1\"", "name", "Mug " + i)))
            .toList();
    await(Future.join(attempts).otherwiseEmpty());
    assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(read(product.id()).version()).isEqualTo(2);
  }

  @Test
  void a_name_loses_the_spaces_of_any_kind_at_its_ends() {
    var product = service.reply(CREATE_PRODUCT, mug().put("name", "\u00A0Mug\u00A0A "));
    assertThat(product.name()).isEqualTo("Mug\u00A0A");
    var patch = Map.of("id", product.id(), "ifMatch", "*", "name", " Cup\u3000");
    assertThat(service.reply(CHANGE_PRODUCT, patch).name()).isEqualTo("Cup");
  }

  @Test
  void a_merge_patch_takes_away_what_is_null() {
    var product = created();
    var patch =
        new JsonObject()
            .put("id", product.id().toString())
            .put("ifMatch", "*")
            .putNull("description")
            .put("attributes", new JsonObject().putNull("colour").put("size", "L"));
    var changed = service.reply(CHANGE_PRODUCT, patch);
    assertThat(changed.description()).isEmpty();
    assertThat(changed.attributes()).isEqualTo(Map.of("size", "L"));
    assertThat(changed.name()).isEqualTo(product.name());
    assertThat(changed.price()).isEqualTo(product.price());
  }

  @Test
  void what_a_product_cannot_be_without_cannot_be_null() {
    var id = created().id();
    for (var field : List.of("name", "category", "price", "status")) {
      var patch = new JsonObject().put("id", id.toString()).put("ifMatch", "*").putNull(field);
      assertThat(service.rejected(CHANGE_PRODUCT, patch)).isEqualTo("INVALID_REQUEST");
    }
    assertThat(service.rejected(CHANGE_PRODUCT, Map.of("id", id, "ifMatch", "*", "sku", "OTHER")))
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void a_patch_that_changes_nothing_keeps_the_version() {
    var product = created();
    assertThat(change(product.id(), "*", Map.of("name", product.name()))).isEqualTo(product);
    assertThat(change(product.id(), "*", Map.of())).isEqualTo(product);
  }

  @Test
  void every_price_is_kept() {
    var product = created();
    change(product.id(), "*", Map.of("price", Map.of("amount", 2_499)));
    change(product.id(), "*", Map.of("name", "Bowl"));
    var last = change(product.id(), "*", Map.of("price", Map.of("currency", "USD")));
    assertThat(last.price()).isEqualTo(new Money(2_499, "USD"));
    assertThat(
            service.value(
                "select string_agg(version || ' ' || amount || ' ' || currency, ', ' order by valid_from)"
                    + " from price_history where product_id = ?",
                product.id()))
        .isEqualTo("1 1999 EUR, 2 2499 EUR, 4 2499 USD");
  }

  @Test
  void changes_are_told_to_those_who_follow() {
    var product = created();
    change(product.id(), "*", Map.of("price", Map.of("amount", 5)));
    service.asAdmin(ARCHIVE_PRODUCT, Map.of("id", product.id()));
    assertThat(
            service.value(
                "select string_agg(type || ' ' || subject_version, ', ' order by id)"
                    + " from event where subject = ?",
                product.id()))
        .isEqualTo("ProductCreated 1, ProductChanged 2, PriceChanged 2, ProductArchived 3");
  }

  @Test
  void an_archived_product_is_read_and_comes_back() {
    var product = created();
    service.asAdmin(ARCHIVE_PRODUCT, Map.of("id", product.id(), "ifMatch", "\"1-5\""));
    service.asAdmin(ARCHIVE_PRODUCT, Map.of("id", product.id(), "ifMatch", "\"1-5\""));
    assertThat(read(product.id()).status()).isEqualTo("archived");
    assertThat(read(product.id()).version()).isEqualTo(2);
    assertThat(change(product.id(), "*", Map.of("status", "active")).status()).isEqualTo("active");
  }

  @Test
  void a_product_is_not_archived_on_a_stale_etag() {
    assertThat(
            service.rejected(ARCHIVE_PRODUCT, Map.of("id", created().id(), "ifMatch", "\"9-5\"")))
        .isEqualTo("PRECONDITION_FAILED");
  }

  @Test
  void a_product_is_not_archived_while_pieces_are_held() {
    var product = created();
    var order = service.held(product.id(), 1);
    assertThat(service.rejected(ARCHIVE_PRODUCT, Map.of("id", product.id())))
        .isEqualTo("PRODUCT_HELD");
    service.settle(order, Fate.PLACED);
    service.asAdmin(ARCHIVE_PRODUCT, Map.of("id", product.id()));
    assertThat(read(product.id()).status()).isEqualTo("archived");
  }

  @Test
  void text_that_is_no_unicode_is_rejected() {
    for (var broken : List.of("\\ud800", "\\udc00x")) {
      var body = mug().put("attributes", new JsonObject().put("k", "BROKEN")).encode();
      assertThat(service.rejectedBytes(CREATE_PRODUCT, body.replace("BROKEN", broken)))
          .isEqualTo("INVALID_REQUEST");
    }
    assertThat(service.rejectedBytes(CREATE_PRODUCT, new JsonArray().encode()))
        .isEqualTo("INVALID_REQUEST");
  }

  private static Product created() {
    return service.reply(CREATE_PRODUCT, mug().put("initialStock", 5));
  }

  private static Product read(UUID id) {
    return service.reply(READ_PRODUCT, Map.of("id", id));
  }

  private static Product change(UUID id, String ifMatch, Map<String, Object> fields) {
    var patch = new HashMap<>(fields);
    patch.put("id", id);
    patch.put("ifMatch", ifMatch);
    return service.reply(CHANGE_PRODUCT, patch);
  }

  private static UUID id(JsonObject product) {
    return UUID.fromString(product.getString("id"));
  }

  private static JsonObject mug() {
    return new JsonObject()
        .put("sku", "MUG-" + COUNT.incrementAndGet())
        .put("name", "Mug")
        .put("description", "Of stoneware.")
        .put("category", "kitchen")
        .put("price", new JsonObject().put("amount", 1_999).put("currency", "EUR"))
        .put("attributes", new JsonObject().put("colour", "blue"));
  }
}
