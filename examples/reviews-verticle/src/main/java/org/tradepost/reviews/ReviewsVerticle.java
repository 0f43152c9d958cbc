package org.tradepost.reviews;

import io.vertx.core.Future;
import java.util.UUID;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.reviews.ReviewContract.ListReviews;

/** The reviews service: its operations and what serves them. */
public final class ReviewsVerticle extends ServiceVerticle {

  private final DatabaseConfig config;

  public ReviewsVerticle(ClusterNode node, DatabaseConfig config) {
    super(node, "reviews");
    this.config = config;
  }

  @Override
  protected Future<?> build(Service service) {
    return openDatabase(config).map(database -> serve(service, database));
  }

  private Service serve(Service service, Database database) {
    var repository = new ReviewRepository(database);
    var reviews = new Reviews(repository, new Purchases(node.bus()), this::notifyOfEvents);
    reportInstances("order");
    return service
        .serve(ReviewContract.LIST, reviews::list)
        .serve(ReviewContract.GET, reviews::get)
        .serve(ReviewContract.WRITE, reviews::write)
        .serve(ReviewContract.DELETE, reviews::delete)
        .events(database)
        .warmUp(ReviewContract.LIST, reviews::list, new ListReviews(UUID.randomUUID(), 1, null));
  }
}
