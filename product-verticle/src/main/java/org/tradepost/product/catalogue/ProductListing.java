package org.tradepost.product.catalogue;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/**
 * The query of one page of the catalogue: filters, order and position.
 *
 * <p>Pages are found by the sort key of the last product before them, ties broken by id, so that
 * none is skipped or repeated, however many pages a client reads.
 */
final class ProductListing {

  private static final String ALL = "all";

  private final ProductSort sort;
  private final boolean descending;
  private final int limit;
  private final String name;
  private final boolean everyStatus;

  /** Conditions that the index of the order can answer. */
  private final List<String> indexed = new ArrayList<>();

  /** Conditions that need an examination of each product. */
  private final List<String> match = new ArrayList<>();

  private final Tuple parameters = Tuple.tuple();

  /** The number of the parameter with the search text; 0 without a search. */
  private int typed;

  private ProductListing(ListProducts request) {
    this.descending = request.sort().startsWith("-");
    this.sort = ProductSort.named(descending ? request.sort().substring(1) : request.sort());
    this.limit = request.limit();
    this.name = name(request);
    this.everyStatus = ALL.equals(request.status());
  }

  /**
   * The listing that a request asks for.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static ProductListing of(ListProducts request) {
    var listing = new ProductListing(request);
    if (!listing.everyStatus) {
      listing.where(listing.indexed, "status = %s", request.status());
    }
    if (request.category() != null) {
      listing.where(listing.indexed, "category = %s", request.category());
    }
    var price = listing.sort == ProductSort.PRICE ? listing.indexed : listing.match;
    if (request.minPrice() != null) {
      listing.where(price, "amount >= %s", request.minPrice());
    }
    if (request.maxPrice() != null) {
      listing.where(price, "amount <= %s", request.maxPrice());
    }
    if (request.maxAvailable() != null) {
      listing.where(
          listing.match,
          "(select on_hand - reserved from stock where product_id = id) <= %s",
          request.maxAvailable());
    }
    if (request.q() != null) {
      listing.search(request.q());
    }
    if (request.cursor() != null) {
      listing.after(request.cursor());
    }
    return listing;
  }

  private void where(List<String> conditions, String condition, Object value) {
    parameters.addValue(value);
    conditions.add(condition.formatted("$" + parameters.size()));
  }

  private void search(String words) {
    parameters.addString(words);
    typed = parameters.size();
    parameters.addString(SearchWords.asPrefix(words));
    match.add("search @@ (select words from asked)");
  }

  private void after(String cursor) {
    var keys = Cursor.read(cursor, name, 2);
    sort.bind(keys, parameters);
    parameters.addUUID(keys.id(1));
    indexed.add(
        String.format(
            Locale.ROOT,
            "(%s, id) %s ($%d, $%d)",
            sort.column(),
            descending ? "<" : ">",
            parameters.size() - 1,
            parameters.size()));
  }

  /** Whether products must be examined to know whether they are listed. */
  boolean isFiltered() {
    return !match.isEmpty();
  }

  /** The statements of a listing that is filtered. See {@link #sql}. */
  FilteredPage filtered() {
    return new FilteredPage(order(), everyStatus, every(indexed), every(match), typed, limit + 1);
  }

  /**
   * The statement of a listing that is not filtered. Asks for one product more than the page holds,
   * to know whether there is another page.
   */
  String sql() {
    return everyStatus
        ? FilteredPage.all(order(), every(indexed), limit + 1)
        : String.format(
            Locale.ROOT,
            "select %s, name_key from product join stock on product_id = id where %s order by %s limit %d",
            ProductRows.COLUMNS,
            every(indexed),
            order(),
            limit + 1);
  }

  private FilteredPage.Order order() {
    return new FilteredPage.Order(sort.column(), descending ? "desc" : "asc");
  }

  private static String every(List<String> conditions) {
    return String.join(" and ", conditions);
  }

  Tuple parameters() {
    return parameters;
  }

  int limit() {
    return limit;
  }

  /** The cursor of the page after the one that ends with this row. */
  String cursor(Row last) {
    return Cursor.write(name, List.of(sort.key(last), last.getUUID("id").toString()));
  }

  /** Not bound to a user, so that it stays valid after a login and in a link sent to others. */
  private static String name(ListProducts request) {
    return Cursor.listing(
        "products",
        request.q(),
        request.category(),
        request.status(),
        request.minPrice(),
        request.maxPrice(),
        request.maxAvailable(),
        request.sort());
  }
}
