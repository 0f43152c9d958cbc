package org.tradepost.product.listing;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.product.catalogue.ProductRows;

/**
 * The query of one page of the catalogue: filters, order and position.
 *
 * <p>A page starts after the sort key of the last product on the previous page, with ties broken by
 * id (keyset pagination). No product is skipped or repeated, however many pages a client reads.
 */
final class ProductListing {

  private static final String ALL = "all";
  private static final String RELEVANCE = "relevance";

  private final ProductSort sort;
  private final boolean descending;
  private final int limit;
  private final String name;
  private final Optional<RelevancePlace> place;
  private final boolean everyStatus;

  /** Conditions that the index of the sort order can answer. */
  private final List<String> indexed = new ArrayList<>();

  /** Conditions that must be checked on each product. */
  private final List<String> match = new ArrayList<>();

  /** The condition that a product comes after the previous pages, or empty. */
  private String afterPreviousPages = "";

  private final Tuple parameters = Tuple.tuple();

  /** See {@link SearchSql#queries}; empty without a search. */
  private String queries = "";

  private ProductListing(
      ListProducts request,
      ProductSort sort,
      boolean descending,
      int limit,
      Optional<RelevancePlace> place) {
    this.sort = sort;
    this.descending = descending;
    this.limit = limit;
    this.place = place;
    this.name = name(request);
    this.everyStatus = ALL.equals(request.status());
    filter(request);
  }

  /**
   * Returns the listing that a request asks for, sorted by anything but relevance.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static ProductListing of(ListProducts request) {
    var listing = fromStart(request);
    if (request.cursor() != null) {
      listing.startAfter(Cursor.read(request.cursor(), listing.name, 2));
    }
    return listing;
  }

  /** Like {@link #of(ListProducts)}, but starts at the first page and ignores the cursor. */
  static ProductListing fromStart(ListProducts request) {
    var order = order(request);
    var descending = order.startsWith("-");
    var sort = ProductSort.named(descending ? order.substring(1) : order);
    var listing = new ProductListing(request, sort, descending, request.limit(), Optional.empty());
    if (request.q() != null) {
      listing.search(SearchText.of(request.q()), false);
      listing.match.add(SearchSql.FOUND);
    }
    return listing;
  }

  /**
   * Returns one part of a listing that is sorted by relevance.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static ProductListing of(ListProducts request, SearchText text, RelevancePlace place, int limit) {
    var part = place.part();
    var descending = part.isRanked();
    var listing = new ProductListing(request, part.sort(), descending, limit, Optional.of(place));
    listing.search(text, true);
    listing.indexed.addAll(part.indexed());
    listing.match.addAll(part.match(text));
    place.keys().ifPresent(listing::startAfter);
    return listing;
  }

  static boolean isByRelevance(ListProducts request) {
    return order(request).equals(RELEVANCE);
  }

  private static String order(ListProducts request) {
    return Objects.requireNonNullElse(request.sort(), request.q() == null ? "name" : RELEVANCE);
  }

  private void filter(ListProducts request) {
    if (!everyStatus) {
      where(indexed, "status = ", request.status());
    }
    if (request.category() != null) {
      where(indexed, "category = ", request.category());
    }
    var price = sort == ProductSort.PRICE ? indexed : match;
    if (request.minPrice() != null) {
      where(price, "amount >= ", request.minPrice());
    }
    if (request.maxPrice() != null) {
      where(price, "amount <= ", request.maxPrice());
    }
    if (request.maxAvailable() != null) {
      where(
          match,
          "(select on_hand - reserved from stock where product_id = id) <= ",
          request.maxAvailable());
    }
  }

  private void where(List<String> conditions, String condition, Object value) {
    parameters.addValue(value);
    conditions.add(condition + "$" + parameters.size());
  }

  private void search(SearchText text, boolean beginnings) {
    parameters.addString(text.typed());
    queries = SearchSql.queries(parameters.size(), beginnings);
    parameters.addString(text.prefix());
  }

  private void startAfter(Cursor.Keys keys) {
    afterPreviousPages = sort.conditionAfter(keys, descending, parameters);
  }

  /** Whether the listing has conditions that must be checked on each product. */
  boolean isFiltered() {
    return !match.isEmpty();
  }

  /** Returns the statements of a filtered listing; see {@link #sql} for an unfiltered one. */
  FilteredPage filtered() {
    return new FilteredPage(
        sortOrder(),
        everyStatus,
        conjunction(pageConditions()),
        conjunction(match),
        queries,
        limit + 1);
  }

  /** Returns the statements that examine the products of all pages of the listing. */
  Matches matches() {
    return new Matches(
        queries, conjunction(Stream.concat(indexed.stream(), match.stream()).toList()));
  }

  /** Returns the statement for a page of a ranked part. */
  String ranked(int tooMany) {
    return afterPreviousPages.isEmpty()
        ? matches().ranked("", limit + 1, tooMany)
        : matches().ranked("where " + afterPreviousPages, limit + 1, 2 * tooMany);
  }

  /**
   * Returns the statement of an unfiltered listing. It reads one product more than the page holds,
   * to find out whether there is another page.
   */
  String sql() {
    return everyStatus
        ? FilteredPage.all(sortOrder(), conjunction(pageConditions()), limit + 1)
        : "select "
            + ProductRows.COLUMNS
            + ", name_key from product join stock on product_id = id where "
            + conjunction(pageConditions())
            + " order by "
            + sortOrder()
            + " limit "
            + (limit + 1);
  }

  private List<String> pageConditions() {
    return Stream.concat(
            indexed.stream(), Stream.of(afterPreviousPages).filter(keys -> !keys.isEmpty()))
        .toList();
  }

  private FilteredPage.Order sortOrder() {
    return new FilteredPage.Order(sort.column(), descending ? "desc" : "asc");
  }

  private static String conjunction(List<String> conditions) {
    return String.join(" and ", conditions);
  }

  Tuple parameters() {
    return parameters;
  }

  int limit() {
    return limit;
  }

  /** Returns the cursor of the page after the one that ends with this row. */
  String cursor(Row last) {
    return place
        .map(part -> part.cursorAfter(last, name))
        .orElseGet(
            () -> Cursor.write(name, List.of(sort.key(last), last.getUUID("id").toString())));
  }

  /**
   * Returns the listing's name in cursors. It does not depend on the user, so that a cursor stays
   * valid after a login and in a shared link.
   */
  static String name(ListProducts request) {
    // Listings by relevance have a shorter name, since their cursors have one more key.
    return Cursor.listing(
        isByRelevance(request) ? "hits" : "products",
        request.q(),
        request.category(),
        request.status(),
        request.minPrice(),
        request.maxPrice(),
        request.maxAvailable(),
        order(request));
  }
}
