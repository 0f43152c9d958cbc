package org.tradepost.gateway.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.platform.description.ApiDescription;

/** The AsyncAPI document of a service that the gateway does not know beforehand. */
class AsyncApiTest {

  private static final List<ApiDescription> DESCRIPTIONS = List.of(ApiDescription.load("garden"));
  private static final JsonNode DOCUMENT = AsyncApiMerge.merge(DESCRIPTIONS);

  @Test
  void every_reference_leads_somewhere() {
    var references = Set.copyOf(DOCUMENT.findValuesAsText("$ref"));
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void no_schema_is_there_that_nothing_refers_to() {
    var references = Set.copyOf(DOCUMENT.findValuesAsText("$ref"));
    for (var section : DOCUMENT.path("components").properties()) {
      assertThat(names(section.getValue()))
          .map(name -> "#/components/" + section.getKey() + "/" + name)
          .isSubsetOf(references);
    }
  }

  @Test
  void every_operation_uses_messages_of_its_channels_and_every_channel_has_an_operation() {
    var used = new HashSet<String>();
    for (var operation : DOCUMENT.path("operations")) {
      used.add(channelOf(operation));
      for (var part : List.of(operation, operation.path("reply"))) {
        if (part.has("messages")) {
          used.add(channelOf(part));
          assertThat(part.path("messages"))
              .allSatisfy(
                  message ->
                      assertThat(message.path("$ref").asText())
                          .startsWith(channelOf(part) + "/messages/"));
        }
      }
    }
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            names(DOCUMENT.path("channels")).stream().map(name -> "#/channels/" + name).toList());
  }

  @Test
  void it_has_every_operation_of_the_service_and_what_it_tells() {
    assertThat(names(DOCUMENT.path("operations")))
        .containsExactly(
            "garden.description",
            "garden.v1.count",
            "garden.v1.events",
            "garden.v1.events.changed",
            "garden.v1.follow",
            "garden.v1.look",
            "garden.v1.name",
            "garden.v1.rain",
            "garden.v1.sow",
            "garden.v1.water",
            "gateway.v1.stream");
    assertThat(at("/operations/garden.v1.rain/action").asText()).isEqualTo("send");
    assertThat(at("/operations/garden.v1.sow/action").asText()).isEqualTo("receive");
  }

  @Test
  void parameters_are_header_fields_beside_the_body() {
    var request = at("/channels/garden.v1.sow/messages/request");
    assertThat(names(request.at("/headers/properties"))).containsExactly("bedId", "idempotencyKey");
    assertThat(request.at("/headers/properties/bedId"))
        .hasToString("{\"type\":\"integer\",\"description\":\"Which one.\"}");
    assertThat(request.at("/headers/required")).hasToString("[\"bedId\",\"authorization\"]");
    assertThat(request.at("/payload")).hasToString("{\"$ref\":\"#/components/schemas/Seed\"}");
    assertThat(request.at("/examples/0/headers/bedId").asInt()).isEqualTo(3);
    assertThat(request.at("/examples/0/payload")).hasToString("{\"name\":\"kale\"}");
    assertThat(at("/components/schemas/Seed/additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void a_sender_can_read_that_parameters_may_be_fields_of_the_body() {
    assertThat(at("/info/description").asText()).contains("may be sent as a field of the body");
    assertThat(at("/components/schemas/bus.Headers/properties/parameters/const").asText())
        .isEqualTo(BusHeaders.PARAMETERS_AS_HEADERS);
  }

  @Test
  void a_request_without_a_body_has_no_payload() {
    var request = at("/channels/garden.v1.look/messages/request");
    assertThat(request.has("payload")).isFalse();
    assertThat(request.path("examples")).hasToString("[{\"headers\":{\"bedId\":3}}]");
  }

  @Test
  void an_example_that_lacks_a_required_parameter_is_left_out() {
    assertThat(at("/channels/garden.v1.name/messages/request").has("examples")).isFalse();
  }

  @Test
  void a_reply_has_its_header_fields_and_examples() {
    var reply = at("/channels/garden.v1.look.reply/messages/reply");
    assertThat(names(reply.at("/headers/properties"))).containsExactly("etag");
    assertThat(reply.at("/examples/0/payload")).hasToString("{\"name\":\"kale\"}");
    assertThat(at("/channels/garden.v1.look.reply/address").isNull()).isTrue();
    assertThat(at("/channels/garden.v1.sow.reply/messages/reply").has("payload")).isFalse();
  }

  @Test
  void an_operation_says_who_may_how_it_is_repeated_and_how_it_is_rejected() {
    var sow = at("/operations/garden.v1.sow");
    assertThat(sow.path("description").asText())
        .isEqualTo(
            "Sows into a bed. Needs the role gardener. May be sent again with the same"
                + " `idempotencyKey` when the answer is lost. May be rejected with FORBIDDEN, INTERNAL,"
                + " INVALID_REQUEST, MALFORMED_JSON, OVERLOADED, UNAUTHENTICATED, UNAVAILABLE.");
    assertThat(sow.at("/security/0/$ref").asText()).endsWith("/userToken");
    var look = at("/operations/garden.v1.look");
    assertThat(look.path("description").asText()).contains(" NOT_FOUND,");
    assertThat(look.has("security")).isFalse();
  }

  @Test
  void an_internal_operation_takes_a_service_token() {
    var water = at("/operations/garden.v1.water");
    assertThat(water.at("/security/0/$ref").asText()).endsWith("/serviceToken");
    assertThat(water.path("description").asText())
        .isEqualTo("All or none. May be rejected with CONFLICT.");
    var request = at("/channels/garden.v1.water/messages/request");
    assertThat(request.at("/payload/$ref").asText()).endsWith("/Watering");
    assertThat(request.at("/headers/required")).hasToString("[\"authorization\"]");
    assertThat(at("/channels/garden.v1.count/messages/request/examples/0/payload"))
        .hasToString("{}");
  }

  @Test
  void a_type_of_events_has_the_schema_and_the_example_of_its_data() {
    var sown = at("/components/schemas/garden.Sown");
    assertThat(sown.at("/properties/type/const").asText()).isEqualTo("Sown");
    assertThat(sown.at("/properties/data/properties/seed/$ref").asText()).endsWith("/Seed");
    assertThat(at("/components/messages/garden.Sown/examples/0/payload/data"))
        .hasToString("{\"seed\":{\"name\":\"kale\"}}");
    assertThat(at("/components/schemas/garden.EventPage").findValuesAsText("$ref"))
        .containsExactly(
            "#/components/schemas/garden.Harvested", "#/components/schemas/garden.Sown");
    assertThat(names(at("/channels/gateway.v1.stream/messages")))
        .containsExactly("garden.Harvested", "garden.Sown");
  }

  @Test
  void every_code_that_crosses_the_bus_is_an_example_of_a_rejection() {
    assertThat(at("/components/messages/bus.failure/examples").findValuesAsText("code"))
        .contains(CommonError.NOT_FOUND.name(), CommonError.UNAVAILABLE.name())
        .doesNotContain(HttpError.METHOD_NOT_ALLOWED.name());
  }

  @Test
  void the_openapi_document_says_nothing_of_it() {
    assertThat(OpenApiMerge.merge(DESCRIPTIONS).toString())
        .doesNotContain("\"x-", "garden.v1", "Watering", "Sown");
  }

  private static JsonNode at(String pointer) {
    assertThat(DOCUMENT.at(pointer).isMissingNode()).as(pointer).isFalse();
    return DOCUMENT.at(pointer);
  }

  private static String channelOf(JsonNode part) {
    return part.at("/channel/$ref").asText();
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
