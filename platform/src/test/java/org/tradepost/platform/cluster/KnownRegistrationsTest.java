package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Deadline;

class KnownRegistrationsTest {

  private static final String SHARED = "weather.v1.tell";
  private static final RegistrationInfo FIRST = new RegistrationInfo("first", 1, false);
  private static final RegistrationInfo SECOND = new RegistrationInfo("second", 1, false);

  /** How long a node waits before it leaves. */
  private static final int LEAVING_MILLIS = 500;

  private final Set<String> members = new HashSet<>(Set.of("first", "second"));
  private final List<String> lost = new ArrayList<>();
  private final List<RegistrationUpdateEvent> updates = new ArrayList<>();
  private final KnownRegistrations known =
      new KnownRegistrations(members::contains, members::contains);

  @BeforeEach
  void start() {
    known.onLost(lost::add);
    known.onUpdate(
        new RegistrationListener() {
          @Override
          public void registrationsUpdated(RegistrationUpdateEvent event) {
            updates.add(event);
          }

          @Override
          public void registrationsLost() {
            throw new AssertionError();
          }

          @Override
          public boolean wantsUpdatesFor(String address) {
            return true;
          }
        });
    known.remember(SHARED, List.of(FIRST, SECOND));
    known.remember("node.first.ping", List.of(FIRST));
    known.remember("node.second.ping", List.of(SECOND));
  }

  @Test
  void a_node_that_left_leaves_nothing_behind() {
    members.remove("first");
    known.remove("first");
    assertThat(known.byAddress()).containsOnlyKeys(SHARED, "node.second.ping");
    assertThat(known.byAddress().get(SHARED)).containsExactly(SECOND);
    assertThat(lost).containsExactlyInAnyOrder(SHARED, "node.first.ping");
    assertThat(known.learn("node.first.ping", Set.of(FIRST))).isFalse();
    assertThat(known.byAddress()).containsOnlyKeys(SHARED, "node.second.ping");
  }

  /** Others, which noticed its death earlier, may have removed its registrations from the list. */
  @Test
  void requests_that_are_with_a_dead_node_are_sent_again_even_if_the_list_lacks_it_already() {
    members.remove("first");
    known.update(SHARED, List.of(SECOND));
    // The second call must not come too late, so nothing is asserted before it.
    var lostBefore = List.copyOf(lost);
    known.remove("first");
    assertThat(lostBefore).isEmpty();
    assertThat(lost).contains(SHARED);
    assertThat(updates.get(updates.size() - 1).registrations()).containsExactly(SECOND);
  }

  @Test
  void no_request_is_sent_again_when_a_node_leaves_that_has_taken_its_addresses_out_before() {
    known.update(SHARED, List.of(SECOND));
    Awaitility.await().until(Deadline.in(LEAVING_MILLIS)::isPast);
    members.remove("first");
    known.remove("first");
    assertThat(lost).containsExactly("node.first.ping");
  }

  /** The memory answers for it too, however long a lookup takes. */
  @Test
  void a_shared_address_at_which_no_node_listens_any_more_is_kept() {
    known.update(SHARED, List.of());
    members.clear();
    known.remove("first");
    known.remove("second");
    assertThat(known.byAddress()).containsOnlyKeys(SHARED);
  }

  @Test
  void the_bus_gets_an_unresponsive_node_only_if_there_is_no_other() {
    known.markUnresponsive("first", true);
    assertThat(updates)
        .extracting(RegistrationUpdateEvent::address, RegistrationUpdateEvent::registrations)
        .containsExactlyInAnyOrder(
            tuple(SHARED, List.of(SECOND)), tuple("node.first.ping", List.of(FIRST)));
    assertThat(lost).containsExactly(SHARED);
    assertThat(known.learn(SHARED, Set.of(FIRST, SECOND))).isFalse();
    assertThat(known.learn(SHARED, Set.of(SECOND))).isTrue();
  }
}
