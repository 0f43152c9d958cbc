package org.tradepost.order.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.order.relay.RelayLease.Undelivered;
import org.tradepost.platform.eventlog.EventPosition;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

class RelayLeaseTest {

  private static final long LONG_MILLIS = 60_000;
  private static Vertx vertx;
  private static Database database;

  private final RelayLease one = new RelayLease(database, "one", LONG_MILLIS, 3);
  private final RelayLease other = new RelayLease(database, "other", LONG_MILLIS, 3);

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @BeforeEach
  void one_instance_takes_the_lease() {
    run("update relay set leased_until = '-infinity', transaction = '1', id = 0");
    run("truncate refused_event");
    await(one.take());
    assertThat(one.epoch()).isPresent();
  }

  @Test
  void another_instance_takes_it_only_after_it_has_expired() {
    await(other.take());
    assertThat(other.epoch()).isEmpty();
    expire();
    await(other.take());
    assertThat(other.epoch()).hasValue(one.epoch().orElseThrow() + 1);
  }

  @Test
  void another_instance_takes_it_if_the_clock_was_set_back() {
    run("update relay set leased_until = now() + interval '1 hour'");
    await(other.take());
    assertThat(other.epoch()).isPresent();
  }

  @Test
  void another_instance_takes_it_at_once_when_it_is_released() {
    await(one.release());
    await(other.take());
    assertThat(other.epoch()).isPresent();
  }

  @Test
  void it_lasts_while_it_is_renewed() {
    expire();
    await(one.renew(one.epoch().orElseThrow()));
    await(other.take());
    assertThat(other.epoch()).isEmpty();
  }

  @Test
  void an_instance_that_lost_the_lease_moves_nothing_and_notices_the_loss() {
    var before = one.epoch().orElseThrow();
    expire();
    await(other.take());
    await(one.move(before, new EventPosition("7", 7), List.of(rejected())));
    assertThat(one.epoch()).isEmpty();
    assertThat(position()).isEqualTo("1-0");
    assertThat(run("select 1 from refused_event")).isZero();
    await(other.move(other.epoch().orElseThrow(), new EventPosition("7", 7), List.of(rejected())));
    assertThat(position()).isEqualTo("7-7");
    assertThat(run("select 1 from refused_event")).isEqualTo(1);
  }

  @Test
  void a_lost_lease_is_noticed_when_renewing() {
    var before = one.epoch().orElseThrow();
    expire();
    await(other.take());
    await(one.renew(before));
    assertThat(one.epoch()).isEmpty();
  }

  @Test
  void the_position_never_goes_back() {
    var epoch = one.epoch().orElseThrow();
    await(one.move(epoch, new EventPosition("9", 1), List.of()));
    await(one.move(epoch, new EventPosition("8", 2), List.of()));
    assertThat(position()).isEqualTo("9-1");
  }

  private static Undelivered rejected() {
    return new Undelivered(new LoggedEvent(5, UUID.randomUUID(), 1, "OrderPlaced", null), 1);
  }

  private static void expire() {
    run("update relay set leased_until = now() - interval '1 second'");
  }

  private static String position() {
    return await(database.query("select transaction || '-' || id from relay"))
        .iterator()
        .next()
        .getString(0);
  }

  private static int run(String sql) {
    return await(database.query(sql)).rowCount();
  }
}
