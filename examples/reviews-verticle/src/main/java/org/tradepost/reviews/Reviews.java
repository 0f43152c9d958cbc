package org.tradepost.reviews;

import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.reviews.ReviewContract.ListReviews;
import org.tradepost.reviews.ReviewContract.OfProduct;
import org.tradepost.reviews.ReviewContract.Rating;
import org.tradepost.reviews.ReviewContract.Review;
import org.tradepost.reviews.ReviewContract.ReviewPage;
import org.tradepost.reviews.ReviewContract.WriteReview;
import org.tradepost.reviews.ReviewRepository.Position;

/** The operations on reviews: a customer has one review of each product that they bought. */
final class Reviews {

  private final ReviewRepository repository;
  private final Purchases purchases;
  private final Runnable changed;

  /**
   * @param changed runs when there may be a new event
   */
  Reviews(ReviewRepository repository, Purchases purchases, Runnable changed) {
    this.repository = repository;
    this.purchases = purchases;
    this.changed = changed;
  }

  Future<ReviewPage> list(ListReviews request, RequestContext call) {
    var listing = Cursor.listing("reviews", request.productId());
    var found =
        repository.list(
            request.productId(), position(request.cursor(), listing), request.limit() + 1);
    var rating = repository.rating(request.productId());
    return Future.all(found, rating)
        .map(done -> page(rating.result(), found.result(), request.limit(), listing));
  }

  Future<Review> get(OfProduct request, RequestContext call) {
    return repository
        .find(request.productId(), customer(call))
        .map(
            review ->
                review.orElseThrow(
                    () -> new ServiceException(CommonError.NOT_FOUND, "There is no such review")));
  }

  /** A repeated call changes nothing and gets the same reply. */
  Future<Review> write(WriteReview request, RequestContext call) {
    return purchases
        .check(request, call)
        .compose(bought -> repository.write(request, customer(call), call.traceparent()))
        .onSuccess(written -> changed.run());
  }

  Future<Empty> delete(OfProduct request, RequestContext call) {
    return repository
        .delete(request.productId(), customer(call), call.traceparent())
        .onSuccess(deleted -> changed.run())
        .mapEmpty();
  }

  private static UUID customer(RequestContext call) {
    return UUID.fromString(call.caller().subject());
  }

  private static Position position(String cursor, String listing) {
    if (cursor == null) {
      return Position.NEWEST;
    }
    var keys = Cursor.read(cursor, listing, 2);
    return new Position(keys.time(0), keys.id(1));
  }

  private static ReviewPage page(Rating rating, List<Review> found, int limit, String listing) {
    if (found.size() <= limit) {
      return new ReviewPage(rating, found, null);
    }
    var last = found.get(limit - 1);
    var keys = List.of(last.writtenAt().toString(), last.id().toString());
    return new ReviewPage(rating, found.subList(0, limit), Cursor.write(listing, keys));
  }
}
