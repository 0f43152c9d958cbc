package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One of two order instances tells the product service what was ordered. When it dies or freezes
 * under load, the other takes over within two seconds.
 */
abstract class RelayTakeovers extends ClusterFailures {

  /** Taking over needs less than two seconds, but more on a busy machine. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

  private static final int STOCK = 10_000;
  private static final String INSTANCE = "select instance from relay where leased_until > now()";
  private static ShopClient shop;
  private static String lamp;
  private static String customer;

  @BeforeAll
  static void start() {
    databases.commitSynchronously("product", false);
    databases.commitSynchronously("order", false);
    cluster.require("auth", "product", "order", "order", "gateway");
    shop = ShopCluster.shop(cluster.living("gateway").get(0));
    lamp = shop.newProduct(shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD), STOCK);
    customer = new Customers(databases).next();
    Buyers.insist(() -> shop.order(customer, lamp, 1, "first")).expect(201);
    Buyers.insist(() -> shop.order(customer, lamp, 1, "second")).expect(201);
  }

  @Test
  void another_instance_goes_on_when_the_one_that_delivers_dies() {
    underLoad("dies", ServiceProcess::kill);
    cluster.require("auth", "product", "order", "order", "gateway");
  }

  @Test
  void one_that_was_frozen_meanwhile_changes_nothing_when_it_wakes() {
    var frozen = underLoad("freezes", ServiceProcess::freeze);
    frozen.resume();
    frozen.get("/health/live");
    assertThat(deliverer()).isNotEqualTo(frozen.name);
    assertThat(cluster.audit()).contains("Clean.");
  }

  /** The instance that delivers, once one has the lease. */
  private static String deliverer() {
    return await()
        .ignoreExceptions()
        .until(() -> databases.text("order", INSTANCE), Objects::nonNull);
  }

  /** Strikes the delivering instance under load, and waits until all orders are settled. */
  private static ServiceProcess underLoad(String name, Consumer<ServiceProcess> strike) {
    try (var buyers = new Buyers(10)) {
      for (var i = 0; i < 400; i++) {
        var key = name + " " + i;
        buyers.send(() -> Buyers.insist(() -> shop.order(customer, lamp, 1, key)));
      }
      buyers.awaitPlaced(50);
      var deliverer = deliverer();
      var struck =
          cluster.living("order").stream()
              .filter(process -> process.name.equals(deliverer))
              .findFirst()
              .orElseThrow();
      strike.accept(struck);
      await()
          .atMost(TAKEN_OVER)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(() -> !databases.text("order", INSTANCE).equals(deliverer));
      assertThat(buyers.answers()).hasSize(400).allSatisfy(reply -> reply.expect(201));
      await()
          .atMost(TAKEN_OVER)
          .until(() -> databases.number("order", "select count(*) from undelivered") == 0);
      return struck;
    }
  }
}
