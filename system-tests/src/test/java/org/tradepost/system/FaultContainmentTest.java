package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One part of a shop breaks, behind a load balancer that only knows whether gateways report that
 * they are ready. After the first two seconds, everything that does not need the part is served.
 * Each test makes a row of a table in docs/recover.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("system")
class FaultContainmentTest {

  /** How long each fault is watched. */
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("containment.seconds", 5));

  /** For slow faults: longer than it takes to detect an unresponsive member, or to start one. */
  private static final Duration LONGER = Duration.ofSeconds(Math.max(LENGTH.toSeconds(), 12));

  /** By then a service has given up unresponsive database connections. */
  private static final Duration UNRESPONSIVE_GIVEN_UP = Duration.ofSeconds(8);

  private static final int AHEAD = 30;
  private static final Set<RequestKind> NOTHING = Set.of();
  private static final Set<RequestKind> LOG_INS = Set.of(RequestKind.LOG_IN);
  private static final Set<RequestKind> ORDERS = Set.of(RequestKind.ORDER, RequestKind.OWN_ORDERS);
  private static final Set<RequestKind> WRITES = Set.of(RequestKind.ORDER, RequestKind.LOG_IN);

  private static BalancedShop shop;
  private static Containment containment;

  @BeforeAll
  static void start() {
    assumeThat(Integer.getInteger("containment.seconds"))
        .as("takes four minutes and a machine to itself: set containment.seconds")
        .isNotNull();
    assumeThat(LoadBalancer.isInstalled()).as("haproxy is installed here").isTrue();
    shop = new BalancedShop();
    shop.start(FakeClock.isInstalled() ? AHEAD : 0);
    containment = new Containment(shop.load());
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  @Order(1)
  void clocks_half_a_minute_apart() {
    assumeThat(FakeClock.isInstalled()).as("libfaketime is installed here").isTrue();
    containment
        .watch("clocks of one gateway and one order instance 30 s ahead", NOTHING, LENGTH, () -> {})
        .assertContained(NOTHING);
  }

  /** The restarted nodes have the same time as the others. */
  @Test
  @Order(2)
  void the_authentication_service_is_unavailable_and_nodes_are_restarted() {
    var auth = shop.instance("auth", 1);
    var restarted = List.of(shop.instance("gateway", 2), shop.instance("order", 2));
    var seen =
        containment.watch(
            "auth unavailable, one gateway and one order instance restarted",
            LOG_INS,
            LONGER,
            () -> {
              auth.kill();
              restarted.forEach(ServiceProcess::kill);
              restarted.forEach(ended -> shop.cluster.restart(ended, shop.second));
            });
    var toOneThatIsNew = shop.firstReply(restarted.get(0));
    shop.cluster.restart(auth, shop.first);
    shop.cluster.awaitReady();
    containment.awaitCalm();
    assertThat(toOneThatIsNew.status()).as("a good token").isIn(200, 503);
    seen.assertContained(LOG_INS);
  }

  @Test
  @Order(3)
  void a_frozen_instance() {
    frozen(shop.instance("order", 2), LONGER);
  }

  @Test
  @Order(4)
  void another_frozen_member() {
    frozen(shop.instance("product", 2), LENGTH);
  }

  private static void frozen(ServiceProcess member, Duration length) {
    containment.assertContained(
        new Fault(
            "one of two %s instances frozen".formatted(member.service),
            NOTHING,
            member::freeze,
            member::resume),
        length);
  }

  @Test
  @Order(5)
  void a_frozen_bus_client() {
    try (var client = BusClient.join(shop.cluster, shop.second)) {
      containment.assertContained(
          new Fault("a bus client frozen", NOTHING, client::freeze, client::resume), LONGER);
    }
    containment.awaitCalm();
  }

  @Test
  @Order(6)
  void one_instance_without_its_database() {
    var database = shop.orderDatabases.get(1);
    containment.assertContained(
        new Fault(
            "one of two order instances without its database",
            NOTHING,
            database::refuse,
            database::accept),
        LENGTH);
  }

  @Test
  @Order(7)
  void one_instance_that_starts_without_its_database() {
    var database = shop.orderDatabases.get(1);
    var instance = shop.instance("order", 2);
    containment.assertContained(
        new Fault(
            "one of two order instances started without its database",
            NOTHING,
            () -> {
              instance.kill();
              database.refuse();
              shop.cluster.restart(instance, shop.second);
            },
            database::accept),
        LONGER);
    shop.cluster.awaitReady();
  }

  @Test
  @Order(8)
  void unresponsive_connections_to_a_database() {
    var databases = shop.orderDatabases;
    containment
        .assertContained(
            new Fault(
                "connections to the order database unresponsive",
                ORDERS,
                () -> databases.forEach(DatabaseProxy::stopResponding),
                () -> databases.forEach(DatabaseProxy::breakConnections)),
            LONGER)
        .assertServed(UNRESPONSIVE_GIVEN_UP);
  }

  @Test
  @Order(9)
  void databases_that_take_no_write() {
    containment.assertContained(
        new Fault(
            "databases read-only",
            WRITES,
            () -> shop.databases.rejectWrites(true),
            () -> shop.databases.rejectWrites(false)),
        LENGTH);
  }

  @Test
  @Order(10)
  void a_client_that_provokes_faults() {
    var troublemaker = shop.troublemaker();
    var stream = new AtomicInteger();
    containment.assertContained(
        new Fault(
            "one client provokes faults and opens streams until one is rejected",
            NOTHING,
            troublemaker::start,
            () -> {
              stream.set(shop.openStream());
              troublemaker.close();
            }),
        LENGTH);
    assertThat(troublemaker.faults()).as("answers of 500").isZero();
    assertThat(stream).as("a stream of somebody else").hasValue(200);
  }

  @Test
  @Order(11)
  void a_database_server_whose_clock_is_half_a_minute_ahead() {
    assumeThat(FakeClock.isInstalled()).as("libfaketime is installed here").isTrue();
    var server = new DatabaseServer(shop.databases, "auth");
    server.stopImmediately();
    server.start(FakeClock.ahead(AHEAD));
    try {
      containment
          .watch("clock of the database server 30 s ahead", NOTHING, LENGTH, () -> {})
          .assertContained(NOTHING);
    } finally {
      server.stopImmediately();
      server.start();
    }
    containment.awaitCalm();
  }

  @Test
  @Order(12)
  void a_host_that_is_cut_off() {
    assumeThat(shop.isOnTwoHosts())
        .as("network namespaces can be made here: it takes Linux, iproute2 and root")
        .isTrue();
    containment
        .watch(
            "one of two hosts cut off: a gateway, a product and an order instance",
            NOTHING,
            LONGER,
            shop::cutOffSecondHost)
        .assertContained(NOTHING);
  }

  @Test
  @Order(13)
  void nothing_was_lost_or_sold_twice_meanwhile() {
    shop.load().close();
    assertThat(shop.cluster.audit()).contains("Clean.");
  }
}
