package org.tradepost.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.gateway.TestDescription;
import org.tradepost.platform.config.Settings;

class PathOwnershipTest {

  private final PathOwnership ownership = new PathOwnership(ReservedPrefixes.NONE);

  @BeforeEach
  void someone_is_there() {
    grant(
        TestDescription.of("first", "1.0.0")
            .path("/v1/things/{id}", "get")
            .schema("Thing", "object"));
  }

  @Test
  void who_comes_first_keeps_a_path() {
    assertRejected(
        TestDescription.of("second", "9.0.0").path("/v1/things/{name}", "get"), "belongs to first");
    assertThat(ownership.of("second")).isEmpty();
  }

  @Test
  void a_service_may_change_its_own() {
    grant(
        TestDescription.of("first", "1.1.0")
            .path("/v1/things/{name}", "get")
            .schema("Thing", "string"));
    assertThat(ownership.of("first").orElseThrow().description().version()).isEqualTo("1.1.0");
  }

  @Test
  void a_path_that_was_given_up_is_free() {
    grant(TestDescription.of("first", "1.1.0").path("/v1/other", "get"));
    grant(TestDescription.of("second", "1.0.0").path("/v1/things/{id}", "get"));
    assertThat(services()).containsExactly("first", "second");
  }

  @Test
  void a_literal_path_beside_a_template_is_no_conflict() {
    grant(TestDescription.of("second", "1.0.0").path("/v1/things/mine", "mine"));
    assertThat(services()).contains("second");
  }

  @Test
  void a_component_has_one_meaning() {
    assertRejected(
        TestDescription.of("second", "1.0.0").path("/v1/x", "x").schema("Thing", "string"),
        "schemas/Thing");
  }

  @Test
  void an_equal_component_is_no_conflict() {
    grant(TestDescription.of("second", "1.0.0").path("/v1/x", "x").schema("Thing", "object"));
    assertThat(services()).contains("second");
  }

  @Test
  void what_all_faces_share_may_be_of_another_version() {
    grant(TestDescription.of("second", "1.0.0").path("/v1/x", "x").schema("Money", "object"));
    grant(TestDescription.of("third", "1.0.0").path("/v1/y", "y").schema("Money", "string"));
    assertThat(services()).contains("second", "third");
  }

  @Test
  void an_operation_id_is_given_once() {
    assertRejected(
        TestDescription.of("second", "1.0.0").path("/v1/x", "second.v1.x", "first-get"),
        "first-get");
    assertRejected(
        TestDescription.of("second", "1.0.0").path("/v1/x", "second.v1.x", "listEvents"),
        "of gateway");
  }

  @Test
  void an_operation_is_at_an_address_of_its_service() {
    assertRejected(
        TestDescription.of("second", "1.0.0").path("/v1/x", "first.v1.hold", "x"), "first.v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.json",
        "/openapi.yaml",
        "/asyncapi.json",
        "/docs",
        "/docs/more",
        "/v1/events/stream"
      })
  void what_the_gateway_serves_is_its_own(String path) {
    assertRejected(TestDescription.of("second", "1.0.0").path(path, "x"), "the gateway's own");
  }

  @Test
  void a_segment_is_a_parameter_as_a_whole_or_not_at_all() {
    assertRejected(
        TestDescription.of("second", "1.0.0").path("/v1/{a}.json", "x"), "whole segments");
  }

  @ParameterizedTest
  @CsvSource({
    "order, /v1/orders, true",
    "order, /v1/orders/{id}, true",
    "order, /v1/ordersand, false",
    "order, /v1/other, false",
    "other, /v1/orders/{id}, false",
    "other, /v1/other, true"
  })
  void pins_bind_both_sides(String service, String path, boolean allowed) {
    var reservations = reservations("order=/v1/orders");
    assertThat(reservations.allow(service, path)).isEqualTo(allowed);
  }

  @Test
  void a_service_may_have_several_pins() {
    var reservations = reservations("auth=/v1/auth/, auth=/v1/users");
    assertThat(reservations.allow("auth", "/v1/auth/me")).isTrue();
    assertThat(reservations.allow("auth", "/v1/users/{id}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1.10.0, 1.9.0, 1", "1.0.0, 1.0.0, 0", "1.0.0, 2.0.0, -1", "odd, 0.0.1, -1"})
  void versions_are_compared_number_by_number(String one, String other, int order) {
    assertThat(Integer.signum(PublishedDescription.compareVersions(one, other))).isEqualTo(order);
  }

  private List<String> services() {
    return ownership.all().stream().map(served -> served.description().service()).toList();
  }

  private static ReservedPrefixes reservations(String setting) {
    return ReservedPrefixes.from(
        Settings.of(java.util.Map.of("TRADEPOST_RESERVED_PREFIXES", setting)));
  }

  private void grant(TestDescription description) {
    ownership.grant(new PublishedDescription(description.build(), 1));
  }

  private void assertRejected(TestDescription description, String why) {
    assertThatThrownBy(() -> grant(description))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
