package org.tradepost.common.contract.product;

import static org.tradepost.common.bus.Operation.open;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;

/** The catalogue, and the stock of a product as people see and change it. */
public final class ProductContract {

  public static final Operation<ListProducts, ProductPage> LIST_PRODUCTS =
      open("product.v1.list", ListProducts.class, ProductPage.class);

  /** May be rejected with {@code SKU_TAKEN}. */
  public static final Operation<CreateProduct, Product> CREATE_PRODUCT =
      open("product.v1.create", CreateProduct.class, Product.class);

  public static final Operation<OfProduct, Product> READ_PRODUCT =
      open("product.v1.read", OfProduct.class, Product.class);

  /** May be rejected with {@code PRECONDITION_FAILED} when another change came first. */
  public static final Operation<ChangeProduct, Product> CHANGE_PRODUCT =
      open("product.v1.change", ChangeProduct.class, Product.class);

  /** May be rejected with {@code PRODUCT_HELD} while pieces are held. */
  public static final Operation<ArchiveProduct, Empty> ARCHIVE_PRODUCT =
      open("product.v1.archive", ArchiveProduct.class, Empty.class);

  public static final Operation<OfProduct, StockLevel> READ_STOCK =
      open("product.v1.stock", OfProduct.class, StockLevel.class);

  /** May be rejected with {@code STOCK_BELOW_RESERVED} or {@code AMOUNT_TOO_LARGE}. */
  public static final Operation<AdjustStock, LedgerEntry> ADJUST_STOCK =
      open("product.v1.adjust", AdjustStock.class, LedgerEntry.class);

  public static final Operation<ListLedger, LedgerPage> LIST_LEDGER =
      open("product.v1.ledger", ListLedger.class, LedgerPage.class);

  /** What became of the stock of an order. For administrators. */
  public static final Operation<OfHold, OrderHold> READ_HOLD =
      open("product.v1.read-hold", OfHold.class, OrderHold.class);

  private ProductContract() {}

  /**
   * A product.
   *
   * @param price the price of one piece
   * @param attributes further properties, by name
   * @param status {@code active}, or {@code archived} if it is no longer sold
   * @param available pieces that can be ordered now
   * @param version counts the changes in the catalogue; changes of stock do not count
   */
  public record Product(
      UUID id,
      String sku,
      String name,
      String description,
      String category,
      Money price,
      Map<String, String> attributes,
      String status,
      long available,
      long version,
      Instant createdAt,
      Instant updatedAt) {

    public static final String ACTIVE = "active";
    public static final String ARCHIVED = "archived";
  }

  /**
   * Asks for products.
   *
   * @param q words to search for, null for all products
   * @param category null for all
   * @param status {@code active}, {@code archived} or {@code all}; null means active
   * @param minPrice in minor units, null for no bound
   * @param maxPrice in minor units, null for no bound
   * @param maxAvailable how many pieces may be available at most, null for no bound
   * @param sort {@code name}, {@code price} or {@code createdAt}, with {@code -} in front for the
   *     opposite direction; or {@code relevance}, which requires {@code q}. Null means relevance if
   *     there is {@code q}, otherwise name
   * @param facets whether to count the matches by category and price
   * @param cursor where the page begins, null for the first
   */
  public record ListProducts(
      String q,
      String category,
      String status,
      Long minPrice,
      Long maxPrice,
      Long maxAvailable,
      String sort,
      boolean facets,
      int limit,
      String cursor) {}

  /**
   * A page of the catalogue.
   *
   * @param nextCursor where the next page begins, null on the last
   * @param incomplete true if the page was cut short because there were too many products to
   *     examine; the other matches are on the next pages. Null otherwise
   * @param facets null unless asked for
   */
  public record ProductPage(
      List<Product> items, String nextCursor, Boolean incomplete, Facets facets) {}

  /**
   * The matches on all pages, counted.
   *
   * @param categories the largest first, at most 20
   * @param prices the lowest first, without bands that have no products
   * @param estimated true if there were too many products to count, and a sample was counted. Null
   *     otherwise
   */
  public record Facets(List<CategoryCount> categories, List<PriceBand> prices, Boolean estimated) {}

  /** How many products a category has. */
  public record CategoryCount(String category, long count) {}

  /** How many products cost between two amounts, in minor units of any currency. */
  public record PriceBand(long minPrice, long maxPrice, long count) {}

  /**
   * A new product.
   *
   * @param description null means empty
   * @param attributes null means none
   * @param initialStock pieces on hand, null means none
   */
  public record CreateProduct(
      String sku,
      String name,
      String description,
      String category,
      Money price,
      Map<String, String> attributes,
      Long initialStock) {}

  /** Names a product. */
  public record OfProduct(UUID id) {}

  /**
   * A JSON Merge Patch (RFC 7396): a field that is null in Java stays as it is, one that is null in
   * JSON is removed.
   *
   * @param ifMatch the ETag that the product must have, or {@code *}
   */
  public record ChangeProduct(
      UUID id,
      String ifMatch,
      JsonNode name,
      JsonNode description,
      JsonNode category,
      JsonNode price,
      JsonNode attributes,
      JsonNode status) {}

  /**
   * Archives a product, so that it is no longer sold.
   *
   * @param ifMatch the ETag that the product must have, or null
   */
  public record ArchiveProduct(UUID id, String ifMatch) {}

  /**
   * The stock of a product, exact at the moment it was read.
   *
   * @param onHand pieces in the warehouse
   * @param reserved those of them that are held for orders
   * @param available the rest
   */
  public record StockLevel(UUID productId, long onHand, long reserved, long available) {}

  /**
   * Adjusts the stock on hand.
   *
   * @param idempotencyKey a repeated key changes the stock only once; null for a change without it
   * @param delta pieces added, or removed if negative
   */
  public record AdjustStock(UUID id, String idempotencyKey, long delta, String reason) {}

  /** Names the hold of an order. */
  public record OfHold(UUID orderId) {}

  /**
   * The stock that was held for an order, and what became of it.
   *
   * @param state {@code HELD}, {@code COMMITTED} if it was sold, {@code RELEASED} if it never was,
   *     {@code RETURNED} if it came back
   * @param settledAt when it got into this state, or null while it is held
   * @param lines empty if they were removed because of their age
   */
  public record OrderHold(
      UUID orderId, String state, Instant expiresAt, Instant settledAt, List<HeldPieces> lines) {}

  /** Pieces of one product that are or were held. */
  public record HeldPieces(UUID productId, String sku, String name, int quantity) {}

  /** Asks for a product's ledger, newest first. */
  public record ListLedger(UUID id, int limit, String cursor) {}

  /**
   * One change of the stock on hand.
   *
   * @param reason as the administrator gave it, or {@code opening}, {@code sold}, {@code returned}
   * @param orderId the order that caused it, or null
   * @param onHand the stock on hand after it
   */
  public record LedgerEntry(
      UUID id, long delta, String reason, UUID orderId, long onHand, Instant createdAt) {}

  /** Some ledger entries; {@code nextCursor} is null on the last page. */
  public record LedgerPage(List<LedgerEntry> items, String nextCursor) {}
}
