package org.tradepost.product.listing;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.Facets;
import org.tradepost.platform.sql.BoundedReads;

/**
 * Counts the products of a listing by category and price. Unless few are known to match, it first
 * counts in a sample of the catalogue. If there are few matches in it, all matches can be counted;
 * otherwise the sample says about how many there are.
 */
final class FacetRepository {

  /** Takes some milliseconds. */
  private static final int SAMPLE = 2_000;

  /** So many matches in a sample say something about all. */
  private static final int ENOUGH = 20;

  private final BoundedReads reads;
  private final int tooMany;

  /**
   * @param tooMany from this number on, matches are estimated
   */
  FacetRepository(BoundedReads reads, int tooMany) {
    this.reads = reads;
    this.tooMany = tooMany;
  }

  /**
   * The counts of all products that a listing has.
   *
   * @param few whether few match, as far as is known: then they are counted without the sample
   */
  Future<Facets> of(
      ProductListing listing, boolean few, RequestContext call, StatementBudget budget) {
    return few
        ? all(listing, call, budget)
            .compose(
                all ->
                    all.map(Future::succeededFuture)
                        .orElseGet(
                            () -> sample(listing, call).map(sample -> sample.estimated(SAMPLE))))
        : sample(listing, call)
            .compose(
                sample ->
                    isCommon(sample)
                        ? Future.succeededFuture(sample.estimated(SAMPLE))
                        : all(listing, call, budget)
                            .map(all -> all.orElseGet(() -> sample.estimated(SAMPLE))));
  }

  private Future<FacetCounts> sample(ProductListing listing, RequestContext call) {
    return reads
        .whole(listing.matches().facetsOfSample(SAMPLE), listing.parameters(), call)
        .map(FacetCounts::of);
  }

  private boolean isCommon(FacetCounts sample) {
    return sample.total() >= ENOUGH && sample.total() * sample.products() / SAMPLE >= tooMany;
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
