package org.tradepost.product.listing;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.Facets;
import org.tradepost.platform.sql.BoundedReads;

/**
 * Counts the products of a listing by category and price. Unless few products are known to match, a
 * sample of the catalogue is counted first. If it has few matches, all matches are counted;
 * otherwise the counts are estimated from the sample.
 */
final class FacetRepository {

  /** Counting this many products takes a few milliseconds. */
  private static final int SAMPLE_SIZE = 2_000;

  /** The fewest matches in a sample that allow an estimate. */
  private static final int MIN_SAMPLE_MATCHES = 20;

  private final BoundedReads reads;
  private final int tooMany;

  /**
   * @param tooMany from this number of matches on, counts are estimated
   */
  FacetRepository(BoundedReads reads, int tooMany) {
    this.reads = reads;
    this.tooMany = tooMany;
  }

  /**
   * Returns the counts of all products in a listing.
   *
   * @param fewMatches whether few products are known to match, so that no sample is counted first
   */
  Future<Facets> of(
      ProductListing listing, boolean fewMatches, RequestContext call, StatementBudget budget) {
    return fewMatches
        ? all(listing, call, budget)
            .compose(
                all ->
                    all.map(Future::succeededFuture)
                        .orElseGet(
                            () ->
                                sample(listing, call).map(sample -> sample.estimated(SAMPLE_SIZE))))
        : sample(listing, call)
            .compose(
                sample ->
                    isCommon(sample)
                        ? Future.succeededFuture(sample.estimated(SAMPLE_SIZE))
                        : all(listing, call, budget)
                            .map(all -> all.orElseGet(() -> sample.estimated(SAMPLE_SIZE))));
  }

  private Future<FacetCounts> sample(ProductListing listing, RequestContext call) {
    return reads
        .whole(listing.matches().facetsOfSample(SAMPLE_SIZE), listing.parameters(), call)
        .map(FacetCounts::of);
  }

  private boolean isCommon(FacetCounts sample) {
    return sample.total() >= MIN_SAMPLE_MATCHES
        && sample.total() * sample.products() / SAMPLE_SIZE >= tooMany;
  }

  private Future<Optional<Facets>> all(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    if (!budget.take()) {
      return Future.succeededFuture(Optional.empty());
    }
    return reads
        .query(listing.matches().facets(tooMany), listing.parameters(), call)
        .map(
            rows ->
                rows.map(FacetCounts::of)
                    .filter(counts -> counts.total() < tooMany)
                    .map(FacetCounts::exact));
  }
}
