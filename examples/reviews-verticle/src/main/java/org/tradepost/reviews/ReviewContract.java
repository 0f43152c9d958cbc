package org.tradepost.reviews;

import static org.tradepost.common.bus.Operation.open;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;

/** What the reviews service offers to users. */
public final class ReviewContract {

  /** The reviews of a product, newest first. */
  public static final Operation<ListReviews, ReviewPage> LIST =
      open("reviews.v1.list", ListReviews.class, ReviewPage.class);

  /** The caller's own review of a product. */
  public static final Operation<OfProduct, Review> GET =
      open("reviews.v1.get", OfProduct.class, Review.class);

  /**
   * Writes or replaces the caller's review of a product. May be rejected with {@code NOT_BOUGHT}.
   */
  public static final Operation<WriteReview, Review> WRITE =
      open("reviews.v1.write", WriteReview.class, Review.class);

  /** Deletes the caller's review of a product, if there is one. */
  public static final Operation<OfProduct, Empty> DELETE =
      open("reviews.v1.delete", OfProduct.class, Empty.class);

  private ReviewContract() {}

  /**
   * Asks for reviews of a product.
   *
   * @param cursor where the page begins, or null for the newest
   */
  public record ListReviews(UUID productId, int limit, String cursor) {}

  /** Names a product. */
  public record OfProduct(UUID productId) {}

  /**
   * A customer's review of a product.
   *
   * @param orderId an order of the customer that contains the product
   * @param rating from 1 to 5, which is the best
   */
  public record WriteReview(UUID productId, UUID orderId, int rating, String text) {}

  /**
   * A review, without its author.
   *
   * @param version 1 when it was written, one more with each change
   */
  public record Review(
      UUID id,
      UUID productId,
      int rating,
      String text,
      int version,
      Instant writtenAt,
      Instant changedAt) {}

  /**
   * The rating of a product by all customers.
   *
   * @param average of all ratings, with two decimal places; null without a review
   * @param reviews how many there are
   */
  public record Rating(Double average, long reviews) {}

  /**
   * Some reviews of a product.
   *
   * @param rating over all reviews of the product
   * @param nextCursor where the next page begins, null on the last
   */
  public record ReviewPage(Rating rating, List<Review> items, String nextCursor) {}
}
