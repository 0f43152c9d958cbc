package org.tradepost.product.listing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.BoundedReads;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.product.listing.ListingRepository.SearchLimits;

/** Lists the catalogue in any sort order, with facets on request. */
public final class ProductPages {

  /** For one instance. One request sends up to a few such statements. */
  private static final BoundedReads.Bounds BOUNDS =
      new BoundedReads.Bounds(2, 50, Duration.ofMillis(15));

  private final ListingRepository listings;
  private final RelevantPages relevant;
  private final FacetRepository facets;
  private final BoundedReads reads;

  public static ProductPages of(Database database) {
    return new ProductPages(database, BOUNDS, ListingRepository.LIMITS);
  }

  ProductPages(Database database, BoundedReads.Bounds bounds, SearchLimits limits) {
    this.reads = new BoundedReads(database, bounds);
    this.listings = new ListingRepository(database, reads, limits);
    this.relevant = new RelevantPages(listings, new Spelling(database));
    this.facets = new FacetRepository(reads, limits.tooManyToSort());
  }

  /**
   * Returns the page that a request asks for. Fails with {@code OVERLOADED} when too many requests
   * need more than the near search.
   */
  public Future<ProductPage> list(ListProducts request, RequestContext call) {
    if (!Product.ACTIVE.equals(request.status()) && !call.caller().isAdmin()) {
      throw new ServiceException(
          call.caller().isUser() ? CommonError.FORBIDDEN : CommonError.UNAUTHENTICATED,
          "Only administrators may list archived products");
    }
    if (request.minPrice() != null
        && request.maxPrice() != null
        && request.minPrice() > request.maxPrice()) {
      throw ServiceException.invalid("/maxPrice", "must not be below minPrice");
    }
    if (request.q() == null && ProductListing.isByRelevance(request)) {
      throw ServiceException.invalid("/sort", "relevance requires q");
    }
    return page(request, call);
  }

  Future<ProductPage> page(ListProducts request, RequestContext call) {
    var budget = ListingRepository.budget();
    if (ProductListing.isByRelevance(request)) {
      return relevant
          .page(request, call, budget)
          .compose(
              found ->
                  withFacets(found.page(), request, found::all, found.fewMatches(), call, budget));
    }
    return listings
        .page(ProductListing.of(request), call, budget)
        .compose(
            page ->
                withFacets(
                    page, request, () -> ProductListing.fromStart(request), false, call, budget));
  }

  private Future<ProductPage> withFacets(
      ProductPage page,
      ListProducts request,
      Supplier<ProductListing> all,
      boolean fewMatches,
      RequestContext call,
      StatementBudget budget) {
    return request.facets()
        ? facets
            .of(all.get(), fewMatches, call, budget)
            .map(
                counts ->
                    new ProductPage(page.items(), page.nextCursor(), page.incomplete(), counts))
        : Future.succeededFuture(page);
  }

  /** Starts to measure the queue of statements that go beyond the near search. */
  public void measure(Metrics metrics) {
    reads.measure(metrics, "searches to run");
  }
}
