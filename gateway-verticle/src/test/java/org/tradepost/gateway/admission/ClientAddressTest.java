package org.tradepost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestTokens;

/** The client address, as passed to a service whose description requests it. */
class ClientAddressTest {

  @AutoClose private static GatewaySetup setup;

  private static ClusterNode node;
  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup("TRADEPOST_TRUSTED_PROXIES", Loopback.ADDRESS);
    node = setup.node;
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
  }

  @Test
  void an_address_is_the_same_whoever_asks_from_it() {
    var anonymous = count("X-Forwarded-For", "192.0.2.1");
    var token = "Bearer " + tokens.customer("u1");
    assertThat(anonymous).isNotEmpty();
    assertThat(count("X-Forwarded-For", "192.0.2.1", "Authorization", token)).isEqualTo(anonymous);
    assertThat(count("X-Forwarded-For", "192.0.2.2")).isNotEqualTo(anonymous);
  }

  @Test
  void one_network_of_ipv6_is_one_address() {
    assertThat(count("X-Forwarded-For", "2001:db8:1:2::7"))
        .isEqualTo(count("X-Forwarded-For", "2001:db8:1:2:ffff::9"))
        .isNotEqualTo(count("X-Forwarded-For", "2001:db8:1:3::7"));
  }

  @Test
  void a_client_cannot_say_itself_who_it_is() {
    var shown = node.clientProof().sign("somebody else");
    assertThat(count("X-Forwarded-For", "192.0.2.3", "client", shown))
        .isEqualTo(count("X-Forwarded-For", "192.0.2.3"));
  }

  @Test
  void a_service_that_does_not_want_to_know_is_not_told() {
    gateway.get("/v1/notes/a", "X-Forwarded-For", "192.0.2.4");
    assertThat(notes.calls.get(notes.calls.size() - 1).client()).isEmpty();
  }

  private static String count(String... headers) {
    assertThat(gateway.send("POST", "/v1/counts", null, headers).status()).isEqualTo(200);
    return notes.calls.get(notes.calls.size() - 1).client();
  }
}
