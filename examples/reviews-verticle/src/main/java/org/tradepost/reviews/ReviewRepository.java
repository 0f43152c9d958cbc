package org.tradepost.reviews;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.platform.sql.Database;
import org.tradepost.reviews.ReviewContract.Rating;
import org.tradepost.reviews.ReviewContract.Review;
import org.tradepost.reviews.ReviewContract.WriteReview;

/**
 * Reviews in the database. Each change also updates the rating of the product and writes an event.
 */
final class ReviewRepository {

  private static final String COLUMNS =
      "id, product_id, rating, text, version, written_at, changed_at";

  private static final String FIND =
      "select " + COLUMNS + " from review where product_id = $1 and customer_id = $2";

  private static final String LIST =
      """
      select %s from review where product_id = $1 and (written_at, id) < ($2, $3)
       order by written_at desc, id desc limit $4
      """
          .formatted(COLUMNS);

  private static final String RATING =
      """
      select reviews, round(stars::numeric / nullif(reviews, 0), 2)::float8 as average
        from product_rating where product_id = $1
      """;

  /**
   * Must be the first statement of each change: the transactions that change a product then get
   * their ids in turn, and readers see the events in that order.
   */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))";

  private static final String WRITE =
      """
      with before as (
        select rating from review where product_id = $1 and customer_id = $2
      ), written as (
        insert into review (product_id, customer_id, order_id, rating, text)
        values ($1, $2, $3, $4, $5)
        on conflict (product_id, customer_id) do update
        set order_id = excluded.order_id, rating = excluded.rating, text = excluded.text,
            version = review.version + 1, changed_at = clock_timestamp()
        where (review.rating, review.text) <> (excluded.rating, excluded.text)
        returning *
      ), rated as (
        insert into product_rating as total (product_id, reviews, stars)
        select product_id, 1 - (select count(*) from before),
               rating - coalesce((select rating from before), 0)
          from written
        on conflict (product_id) do update
        set reviews = total.reviews + excluded.reviews, stars = total.stars + excluded.stars
      ), logged as (
        insert into event (type, subject, sequence, customer_id, data, traceparent)
        select case version when 1 then 'ReviewWritten' else 'ReviewChanged' end, id, version,
               customer_id, jsonb_build_object('productId', product_id, 'rating', rating), $6
          from written
      )
      select %1$s from written
      union all
      select %1$s from review
       where product_id = $1 and customer_id = $2 and not exists (select from written)
      """
          .formatted(COLUMNS);

  private static final String DELETE =
      """
      with deleted as (
        delete from review where product_id = $1 and customer_id = $2 returning *
      ), rated as (
        update product_rating as total
        set reviews = total.reviews - 1, stars = total.stars - deleted.rating
        from deleted where total.product_id = deleted.product_id
      )
      insert into event (type, subject, sequence, customer_id, data, traceparent)
      select 'ReviewDeleted', id, version + 1, customer_id,
             jsonb_build_object('productId', product_id), $3
        from deleted
      """;

  private final Database database;

  ReviewRepository(Database database) {
    this.database = database;
  }

  /** Where a page begins: after the review with this time and id. */
  record Position(Instant writtenAt, UUID id) {
    static final Position NEWEST =
        new Position(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
  }

  /** Reviews of a product, newest first. */
  Future<List<Review>> list(UUID product, Position after, int limit) {
    var writtenAt = after.writtenAt().atOffset(ZoneOffset.UTC);
    return database
        .query(LIST, Tuple.of(product, writtenAt, after.id(), limit))
        .map(rows -> rows.stream().map(ReviewRepository::review).toList());
  }

  /** A customer's review of a product. */
  Future<Optional<Review>> find(UUID product, UUID customer) {
    return database
        .query(FIND, Tuple.of(product, customer))
        .map(rows -> rows.stream().map(ReviewRepository::review).findFirst());
  }

  /** Returns the rating of a product by all customers. */
  Future<Rating> rating(UUID product) {
    return database
        .query(RATING, Tuple.of(product))
        .map(rows -> rows.stream().map(ReviewRepository::rating).findFirst())
        .map(rating -> rating.orElse(new Rating(null, 0)));
  }

  /** Writes or replaces a customer's review. An equal review leaves the stored one as it is. */
  Future<Review> write(WriteReview review, UUID customer, String traceparent) {
    var parameters =
        Tuple.of(
            review.productId(),
            customer,
            review.orderId(),
            review.rating(),
            review.text(),
            traceparent);
    return change(review.productId(), WRITE, parameters)
        .map(rows -> review(rows.iterator().next()));
  }

  /** Deletes a customer's review, if there is one. */
  Future<Void> delete(UUID product, UUID customer, String traceparent) {
    return change(product, DELETE, Tuple.of(product, customer, traceparent)).mapEmpty();
  }

  private Future<RowSet<Row>> change(UUID product, String sql, Tuple parameters) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(product))
                .compose(locked -> connection.preparedQuery(sql).execute(parameters)));
  }

  private static Review review(Row row) {
    return new Review(
        row.getUUID("id"),
        row.getUUID("product_id"),
        row.getInteger("rating"),
        row.getString("text"),
        row.getInteger("version"),
        row.getOffsetDateTime("written_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant());
  }

  private static Rating rating(Row row) {
    return new Rating(row.getDouble("average"), row.getLong("reviews"));
  }
}
