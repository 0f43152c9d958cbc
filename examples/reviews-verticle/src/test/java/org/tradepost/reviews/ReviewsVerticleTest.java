package org.tradepost.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.Event;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.events.EventPage.Entry;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;
import org.tradepost.reviews.ReviewContract.ListReviews;
import org.tradepost.reviews.ReviewContract.OfProduct;
import org.tradepost.reviews.ReviewContract.Rating;
import org.tradepost.reviews.ReviewContract.Review;
import org.tradepost.reviews.ReviewContract.WriteReview;

class ReviewsVerticleTest {

  private static ClusterNode node;
  private static TestTokens tokens;
  private static OrdersForTests orders;

  private UUID customer;
  private String token;
  private UUID product;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    orders = new OrdersForTests(node);
    TestNode.await(node.deploy(orders));
    TestNode.await(node.deploy(new ReviewsVerticle(node, TestDatabase.create())));
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @BeforeEach
  void meet_a_new_customer() {
    orders.unavailable = false;
    product = UUID.randomUUID();
    become_another_customer();
  }

  private void become_another_customer() {
    customer = UUID.randomUUID();
    token = tokens.customer(customer.toString());
  }

  @Test
  void who_bought_a_product_writes_a_review_that_everybody_reads() {
    var written = write(5, "Keeps my coffee warm.");
    assertThat(written.version()).isEqualTo(1);
    assertThat(written.rating()).isEqualTo(5);
    assertThat(own()).isEqualTo(written);
    var page = call(null, ReviewContract.LIST, new ListReviews(product, 20, null));
    assertThat(page.items()).containsExactly(written);
    assertThat(page.rating()).isEqualTo(new Rating(5.0, 1));
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void nobody_reviews_what_they_did_not_buy() {
    var another = orders.add(customer, UUID.randomUUID(), OrderStatus.DELIVERED);
    var cancelled = orders.add(customer, product, OrderStatus.CANCELLED);
    var foreign = orders.add(UUID.randomUUID(), product, OrderStatus.DELIVERED);
    for (var order : List.of(another, cancelled, foreign, UUID.randomUUID())) {
      assertThat(rejected(token, review(order, 5, "Wonderful")).code()).isEqualTo("NOT_BOUGHT");
    }
    assertThat(rejected(tokens.admin(), review(foreign, 5, "Wonderful")).code())
        .isEqualTo("NOT_BOUGHT");
    assertThat(rating()).isEqualTo(new Rating(null, 0));
  }

  @Test
  void without_a_token_nothing_is_written() {
    assertThat(rejected(null, review(bought(), 5, "Wonderful")).code())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void while_the_order_service_is_unavailable_reviews_are_read_and_not_written() {
    var written = write(4, "Good");
    orders.unavailable = true;
    assertThat(rejected(token, review(bought(), 1, "Broke")).code()).isEqualTo("UNAVAILABLE");
    assertThat(own()).isEqualTo(written);
  }

  @Test
  void a_customer_has_one_review_of_a_product_and_may_change_it() {
    var first = write(2, "Hm");
    var second = write(4, "It grew on me");
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.writtenAt()).isEqualTo(first.writtenAt());
    assertThat(list(20)).containsExactly(second);
    assertThat(rating()).isEqualTo(new Rating(4.0, 1));
  }

  @Test
  void the_same_review_again_changes_nothing() {
    var first = write(3, "Fine");
    assertThat(write(3, "Fine")).isEqualTo(first);
    assertThat(events()).extracting(Event::type).containsExactly("ReviewWritten");
  }

  @Test
  void many_at_once_by_one_customer_are_one_review() {
    var order = bought();
    var sent =
        IntStream.range(0, 20)
            .mapToObj(i -> send(token, ReviewContract.WRITE, review(order, 1 + i % 5, "No. " + i)))
            .toList();
    TestNode.await(Future.all(sent));
    assertThat(rating()).isEqualTo(new Rating((double) own().rating(), 1));
    assertThat(events())
        .extracting(Event::sequence)
        .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
  }

  @Test
  void a_customer_deletes_their_review() {
    write(1, "Broke");
    become_another_customer();
    write(4, "Good");
    delete();
    delete();
    assertThat(rating()).isEqualTo(new Rating(1.0, 1));
    assertThat(rejected(token, ReviewContract.GET, new OfProduct(product)).code())
        .isEqualTo("NOT_FOUND");
    assertThat(events()).extracting(Event::type).containsExactly("ReviewWritten", "ReviewDeleted");
  }

  @Test
  void pages_have_every_review_once_and_the_average_of_all() {
    var written = new ArrayList<Review>();
    for (var rating : List.of(5, 5, 4, 1, 3)) {
      become_another_customer();
      written.add(0, write(rating, "Review"));
    }
    assertThat(list(2)).isEqualTo(written);
    assertThat(rating()).isEqualTo(new Rating(3.6, 5));
  }

  @Test
  void a_cursor_is_valid_only_for_its_own_product() {
    write(5, "Good");
    become_another_customer();
    write(4, "Good");
    var cursor = call(null, ReviewContract.LIST, new ListReviews(product, 1, null)).nextCursor();
    var other = new ListReviews(UUID.randomUUID(), 1, cursor);
    assertThat(rejected(null, ReviewContract.LIST, other).code()).isEqualTo("INVALID_CURSOR");
  }

  @Test
  void a_rating_is_from_one_to_five() {
    for (var rating : List.of(0, 6)) {
      assertThat(rejected(token, review(bought(), rating, "Text")).errors())
          .extracting(FieldError::pointer)
          .containsExactly("/rating");
    }
  }

  @Test
  void an_event_says_which_product_was_rated_how() {
    var review = write(4, "Good");
    var event = events().get(0);
    assertThat(event.subject()).isEqualTo(review.id());
    assertThat(event.data().path("productId").asText()).isEqualTo(product.toString());
    assertThat(event.data().path("rating").asInt()).isEqualTo(4);
  }

  @Test
  void customers_see_only_their_own_events() {
    write(4, "Good");
    become_another_customer();
    assertThat(events()).isEmpty();
  }

  @Test
  void the_api_description_has_every_error_code() {
    var problems = ApiDescription.load("reviews").document().path("x-problems");
    assertThat(problems.properties())
        .extracting(
            problem -> problem.getKey(),
            problem -> problem.getValue().path("status").asInt(),
            problem -> problem.getValue().path("title").asText())
        .containsExactlyElementsOf(
            Arrays.stream(ReviewError.values())
                .map(code -> tuple(code.name(), code.status(), code.title()))
                .toList());
  }

  private UUID bought() {
    return orders.add(customer, product, OrderStatus.DELIVERED);
  }

  private WriteReview review(UUID order, int rating, String text) {
    return new WriteReview(product, order, rating, text);
  }

  private Review write(int rating, String text) {
    return call(token, ReviewContract.WRITE, review(bought(), rating, text));
  }

  private Review own() {
    return call(token, ReviewContract.GET, new OfProduct(product));
  }

  private void delete() {
    TestNode.await(send(token, ReviewContract.DELETE, new OfProduct(product)));
  }

  private Rating rating() {
    return call(null, ReviewContract.LIST, new ListReviews(product, 1, null)).rating();
  }

  /** All reviews of the product, read in pages. */
  private List<Review> list(int limit) {
    var reviews = new ArrayList<Review>();
    String cursor = null;
    do {
      var page = call(null, ReviewContract.LIST, new ListReviews(product, limit, cursor));
      reviews.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return reviews;
  }

  /** The caller's events, once no open transaction hides any. */
  private List<Event> events() {
    var request = new ReadEvents(null, ReadEvents.MAX_LIMIT, null);
    return await()
        .until(() -> call(token, EventOperations.read("reviews"), request), page -> !page.more())
        .entries()
        .stream()
        .map(Entry::event)
        .toList();
  }

  private Failure rejected(String token, WriteReview review) {
    return rejected(token, ReviewContract.WRITE, review);
  }

  private <Q> Failure rejected(String token, Operation<Q, ?> operation, Q request) {
    return catchThrowableOfType(
            ServiceException.class, () -> TestNode.await(send(token, operation, request)))
        .failure();
  }

  private <Q, R> R call(String token, Operation<Q, R> operation, Q request) {
    return WireJson.read(TestNode.await(send(token, operation, request)).body(), operation.reply());
  }

  private <Q> Future<Message<Buffer>> send(String token, Operation<Q, ?> operation, Q request) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    return node.bus()
        .send(operation.address(), WireJson.write(request), headers, TestNode.TIMEOUT_MILLIS);
  }
}
