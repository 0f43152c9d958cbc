package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.error.Failure;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.proof.rest.RestRequest;

/** Compares the AsyncAPI document that a whole shop serves with its code and its behaviour. */
class BusDocumentTest {

  private static TestSingleJvm shop;
  private static BusDocument document;
  private static Contracts contracts;

  @BeforeAll
  static void start() throws Exception {
    shop = TestSingleJvm.shared();
    document = new BusDocument(shop.client().send(RestRequest.get("/asyncapi.json")).body());
    contracts = Contracts.read();
  }

  @Test
  void it_has_the_operations_of_the_code_and_no_others() {
    assertThat(contracts.operations()).hasSizeGreaterThan(30);
    assertThat(document.addresses("receive")).isEqualTo(contracts.operations().keySet());
  }

  @Test
  void it_has_what_the_code_publishes_and_nothing_else() {
    var published = new TreeSet<>(contracts.notifications());
    published.add("/v1/events/stream");
    assertThat(document.addresses("send")).isEqualTo(published);
  }

  @Test
  void every_request_and_reply_has_the_fields_of_its_record() {
    var comparison = new RecordComparison(document);
    contracts
        .operations()
        .forEach(
            (address, operation) -> {
              comparison.compare(
                  operation.request(), document.requestFields(address), address + " request");
              comparison.compare(
                  operation.reply(), document.reply(address).path("payload"), address + " reply");
            });
    assertThat(comparison.differences()).isEmpty();
  }

  /** A primitive field of a request's record must be required or have a default. */
  @Test
  void what_a_request_may_leave_out_may_be_absent_in_the_code() {
    contracts
        .operations()
        .forEach(
            (address, operation) -> {
              var payload = document.requestFields(address);
              for (var field : fields(operation.request())) {
                if (field.getType().isPrimitive()) {
                  assertThat(payload.path("required").toString())
                      .as("%s %s: %s", address, field.getName(), payload)
                      .matches(
                          required ->
                              required.contains("\"" + field.getName() + "\"")
                                  || hasDefault(payload, field.getName()));
                }
              }
            });
  }

  private static RecordComponent[] fields(Class<?> request) {
    return request.isRecord() ? request.getRecordComponents() : new RecordComponent[0];
  }

  /** Whether a field has a default, which the service fills in from its API description. */
  private static boolean hasDefault(JsonNode payload, String field) {
    return document.resolve(payload.path("properties").path(field)).has("default");
  }

  @Test
  void every_operation_says_which_kind_of_token_it_takes() {
    contracts.operations().values().stream()
        .filter(Operation::internal)
        .forEach(
            operation ->
                assertThat(document.at("/operations/" + operation.address()).at("/security/0/$ref"))
                    .hasToString("\"#/components/securitySchemes/serviceToken\""));
    assertThat(document.at("/operations/order.v1.place/security/0/$ref").asText())
        .endsWith("/userToken");
  }

  @Test
  void a_rejection_has_the_fields_of_its_record() {
    var payload = document.at("/components/messages/bus.failure").path("payload");
    assertThat(
            new RecordComparison(document).compare(Failure.class, payload, "failure").differences())
        .isEmpty();
  }

  @Test
  void the_header_fields_are_those_of_the_bus() {
    var fields = new HashSet<String>();
    document
        .at("/components/schemas/bus.Headers/properties")
        .fieldNames()
        .forEachRemaining(fields::add);
    assertThat(fields).isEqualTo(BusHeaders.RESERVED);
    assertThat(document.at("/components/schemas/bus.Headers/properties/parameters")).isNotEmpty();
  }

  @Test
  void every_reference_leads_somewhere() {
    assertThat(document.root().findValuesAsText("$ref"))
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void every_example_follows_its_schema() {
    var faults = new ArrayList<String>();
    for (var message : document.messages()) {
      for (var example : document.at(message).path("examples")) {
        for (var part : List.of("payload", "headers")) {
          if (example.has(part)) {
            faults.addAll(document.faults(message + "/" + part, example.get(part)));
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void every_operation_has_an_example() {
    assertThat(contracts.operations().keySet())
        .filteredOn(address -> !address.endsWith(".description"))
        .allSatisfy(
            address -> {
              var reply = document.reply(address);
              assertThat(reply.has("payload")).isEqualTo(reply.has("examples"));
              var request = document.request(address);
              assertThat(request.has("payload") && !request.has("examples")).isFalse();
            });
  }

  @Test
  void every_rejection_of_an_internal_operation_is_a_code_that_it_documents() {
    var codes = document.at("/components/messages/bus.failure").findValuesAsText("code");
    for (var service : Services.BUILT_IN.names()) {
      for (var operation : ApiDescription.load(service).internalOperations().values()) {
        operation.path("refusals").forEach(code -> assertThat(codes).contains(code.asText()));
      }
    }
  }

  @Test
  void every_change_is_a_published_event_and_there_are_no_others() throws Exception {
    var changes = new EveryChange(shop.client(), administrator());
    changes.make();
    assertThat(changes.called()).isEqualTo(changes.all());

    var databases =
        Map.of("order", shop.databases().of("order"), "product", shop.databases().of("product"));
    var published = new TreeSet<String>();
    for (var database : databases.entrySet()) {
      for (var event : events(database.getValue())) {
        var name = database.getKey() + "." + event.path("type").asText();
        published.add(name);
        var schema = "/components/schemas/" + name + "/properties/data";
        assertThat(document.faults(schema, event.path("data"))).isEmpty();
      }
    }
    var documented = new TreeSet<String>();
    document
        .at("/channels/gateway.v1.stream/messages")
        .fieldNames()
        .forEachRemaining(documented::add);
    assertThat(published).isEqualTo(documented);
  }

  private static JsonNode events(ServiceDatabase database) throws Exception {
    return new ObjectMapper()
        .readTree(
            TestServer.ask(
                database,
                "select json_agg(json_build_object('type', type, 'data', data)) from event_feed"));
  }

  /** A token of the administrator with whom the shop starts. */
  private static String administrator() {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", "admin@tradepost.example")
            .put("password", shop.administratorPassword());
    return shop.client().send(RestRequest.post("/v1/auth/login", body)).text("/access_token");
  }
}
