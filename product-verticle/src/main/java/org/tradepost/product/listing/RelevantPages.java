package org.tradepost.product.listing;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * Searches the catalogue and sorts by relevance.
 *
 * <p>The first page determines whether all matches are ranked or there are too many (see {@link
 * RelevancePart}), and whether words are corrected. Its cursor carries both decisions.
 */
final class RelevantPages {

  private final ListingRepository listings;
  private final Spelling spelling;

  RelevantPages(ListingRepository listings, Spelling spelling) {
    this.listings = listings;
    this.spelling = spelling;
  }

  /**
   * A page, and the listing of all products that the search finds.
   *
   * @param all the listing from its first page on
   * @param fewMatches whether there were few enough matches to rank all of them
   */
  record Found(ProductPage page, ProductListing all, boolean fewMatches) {}

  private record Search(
      ListProducts request,
      SearchText text,
      boolean corrected,
      StatementBudget budget,
      RequestContext call) {

    ProductListing listing(RelevancePlace place, int limit) {
      return ProductListing.of(request, text, place, limit);
    }

    RelevancePlace start(RelevancePart part) {
      return RelevancePlace.of(part, corrected);
    }

    ProductListing all() {
      return listing(start(RelevancePart.RANKED), request.limit());
    }

    Search with(SearchText correction) {
      return new Search(request, correction, true, budget, call);
    }
  }

  Future<Found> page(ListProducts request, RequestContext call, StatementBudget budget) {
    var text = SearchText.of(request.q());
    var search = new Search(request, text, false, budget, call);
    if (request.cursor() == null) {
      return firstPage(search)
          .compose(found -> isEmpty(found) ? withCorrection(search, found) : done(found));
    }
    var place = RelevancePlace.read(request.cursor(), ProductListing.name(request));
    if (!place.corrected()) {
      return fillFrom(place, List.of(), search);
    }
    return spelling
        .correct(text)
        .compose(
            correction ->
                correction.isPresent()
                    ? fillFrom(place, List.of(), search.with(correction.get()))
                    : invalidCursor());
  }

  /** The search cannot continue in the way in which its first page was found. */
  private static Future<Found> invalidCursor() {
    return Future.failedFuture(new ServiceException(CommonError.INVALID_CURSOR));
  }

  private static boolean isEmpty(Found found) {
    return found.page().items().isEmpty() && found.page().nextCursor() == null;
  }

  private static Future<Found> done(Found found) {
    return Future.succeededFuture(found);
  }

  private Future<Found> withCorrection(Search search, Found nothing) {
    return spelling
        .correct(search.text())
        .compose(
            correction ->
                correction.isPresent() ? firstPage(search.with(correction.get())) : done(nothing));
  }

  private Future<Found> firstPage(Search search) {
    return listings
        .isCommon(search.all())
        .compose(
            common ->
                common
                    ? inParts(search)
                    : fillFrom(search.start(RelevancePart.RANKED), List.of(), search));
  }

  private Future<Found> inParts(Search search) {
    return fillFrom(search.start(RelevancePart.first(search.text())), List.of(), search);
  }

  /** Fills a page with the products of a part and of the parts after it. */
  private Future<Found> fillFrom(RelevancePlace place, List<Product> before, Search search) {
    var missing = search.request().limit() - before.size();
    var listing = search.listing(place, missing);
    if (place.part().isRanked()) {
      return listings
          .ranked(listing, search.call(), search.budget())
          .compose(
              page ->
                  page.filter(ListingRepository::isComplete).isPresent()
                      ? ranked(place, page.get(), search)
                      : notRanked(place, search, page.isPresent()));
    }
    return listings
        .page(listing, search.call(), search.budget())
        .compose(page -> continueWith(place.part(), joined(before, page), search));
  }

  private Future<Found> ranked(RelevancePlace place, ProductPage page, Search search) {
    if (place.part() == RelevancePart.RANKED) {
      return done(new Found(page, search.all(), true));
    }
    return page.items().isEmpty() && place.keys().isEmpty()
        ? inParts(search)
        : continueWith(place.part(), page, search);
  }

  /** After the first page, other parts would repeat products of earlier pages. */
  private Future<Found> notRanked(RelevancePlace place, Search search, boolean tooMany) {
    if (place.keys().isPresent()) {
      if (tooMany) {
        return invalidCursor();
      }
      var page = new ProductPage(List.of(), search.request().cursor(), true, null);
      return done(new Found(page, search.all(), false));
    }
    return place.part() == RelevancePart.RANKED
        ? fillFrom(search.start(RelevancePart.WHOLE), List.of(), search)
        : inParts(search);
  }

  private Future<Found> continueWith(RelevancePart part, ProductPage page, Search search) {
    var next = part.next();
    if (page.nextCursor() != null || next.isEmpty()) {
      return done(new Found(page, search.all(), false));
    }
    var start = search.start(next.get());
    if (page.items().size() < search.request().limit()) {
      return fillFrom(start, page.items(), search);
    }
    var cursor = start.cursorAtStart(ProductListing.name(search.request()));
    return done(new Found(new ProductPage(page.items(), cursor, null, null), search.all(), false));
  }

  private static ProductPage joined(List<Product> before, ProductPage page) {
    var items = Stream.concat(before.stream(), page.items().stream()).toList();
    return new ProductPage(items, page.nextCursor(), page.incomplete(), null);
  }
}
