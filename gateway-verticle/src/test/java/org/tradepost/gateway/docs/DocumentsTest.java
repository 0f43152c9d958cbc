package org.tradepost.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.DescribedService;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestDescription;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.http.Problem;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static ClusterNode node;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    await(node.deploy(new NoteService(node)));
    var description =
        TestDescription.of("also", "1.0.0").path("/v1/also/{id}", "say").schema("Unused", "object");
    await(node.deploy(new DescribedService(node, description.build())));
    gateway = TestGateway.start(node);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void every_description_is_in_the_document_in_the_order_of_paths() {
    var document = document();
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.path("info").path("title").asText()).isEqualTo("Tradepost");
    assertThat(names(document.path("paths")))
        .contains("/v1/also/{id}", "/v1/notes", "/v1/notes/{noteId}")
        .isSorted();
  }

  @Test
  void every_reference_leads_somewhere() {
    var document = document();
    var references = new HashSet<String>();
    document.findValuesAsText("$ref").forEach(references::add);
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void every_component_is_referred_to() {
    var document = document();
    var references = Set.copyOf(document.findValuesAsText("$ref"));
    for (var section : document.path("components").properties()) {
      for (var component : section.getValue().properties()) {
        if (!section.getKey().equals("securitySchemes")) {
          assertThat(references)
              .contains("#/components/" + section.getKey() + "/" + component.getKey());
        }
      }
    }
    assertThat(document.path("components").path("securitySchemes").has("bearer")).isTrue();
  }

  @Test
  void nothing_is_told_of_the_bus() {
    assertThat(gateway.get("/openapi.json").text()).doesNotContain("\"x-", "notes.v1");
  }

  @Test
  void what_the_gateway_answers_itself_is_told_as_well() {
    var stream = document().at("/paths/~1v1~1events~1stream/get");
    assertThat(stream.at("/responses/200/content").has("text/event-stream")).isTrue();
    assertThat(names(stream.path("responses"))).contains("400", "401", "405", "410", "503");
    assertThat(document().path("tags").findValuesAsText("name")).contains("Events");
  }

  @Test
  void the_gateways_own_rejections_are_told() {
    var responses = document().at("/paths/~1v1~1notes/post/responses");
    assertThat(names(responses)).contains("405", "408", "413", "415", "429", "500").isSorted();
    assertThat(names(responses.at("/201/headers"))).contains("RateLimit", "RateLimit-Policy");
  }

  @Test
  void each_code_that_an_operation_can_be_rejected_with_brings_its_response() {
    var document = document();
    var note = document.path("paths").path("/v1/notes/{noteId}");
    assertThat(names(note.at("/get/responses")))
        .contains("304", "400", "404", "503")
        .doesNotContain("401", "403", "409", "412", "415", "428");
    assertThat(names(note.at("/patch/responses")))
        .contains("401", "412", "415", "428")
        .doesNotContain("304", "403", "404");
    assertThat(names(note.at("/delete/responses"))).contains("401", "403");
    var problem = document.at("/components/responses/NotFound/content/application~1problem+json");
    assertThat(names(problem.path("examples"))).containsExactly("NOT_FOUND");
  }

  @Test
  void a_role_is_told_in_words() {
    var operation = document().at("/paths/~1v1~1notes~1{noteId}/delete");
    assertThat(operation.path("description").asText()).endsWith("Needs the role admin.");
    assertThat(operation.path("security")).hasToString("[{\"bearer\":[]}]");
  }

  @Test
  void both_notations_say_the_same() throws JsonProcessingException {
    var yaml = gateway.get("/openapi.yaml");
    assertThat(yaml.header("content-type")).isEqualTo("application/yaml");
    assertThat(new YAMLMapper().readTree(yaml.text())).isEqualTo(document());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/openapi.json", "/openapi.yaml", "/asyncapi.json", "/docs", "/docs/start.js"})
  void a_document_need_not_be_sent_again(String path) {
    var first = gateway.get(path);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("cache-control")).isEqualTo("no-cache");
    assertThat(gateway.get(path, "If-None-Match", first.header("etag")).status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/openapi.yaml", "/asyncapi.json"})
  void a_document_comes_compressed_to_who_takes_it(String path) {
    var compressed = gateway.get(path, "Accept-Encoding", "gzip");
    assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
    assertThat(compressed.header("vary")).contains("Accept-Encoding");
    assertThat(Integer.parseInt(compressed.header("content-length")))
        .isLessThan(gateway.get(path).text().length() / 2);
  }

  @Test
  void the_event_bus_has_a_document_of_its_own() {
    var answer = gateway.get("/asyncapi.json");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.json().path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(names(answer.json().path("operations")))
        .contains("also.description", "also.v1.say", "notes.v1.add")
        .isSorted();
    var head = gateway.send("HEAD", "/asyncapi.json", null);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("etag")).isEqualTo(answer.header("etag"));
  }

  @Test
  void the_page_comes_with_all_it_needs() {
    var page = gateway.get("/docs");
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(links(page.text()))
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(link -> link.startsWith("/"))
        .allSatisfy(link -> assertThat(gateway.get(link).status()).as(link).isEqualTo(200));
  }

  @Test
  void the_page_logs_in_by_email_and_password() {
    var page = gateway.get("/docs").text();
    assertThat(page).contains("id=\"login\"", "type=\"email\"", "type=\"password\"");
    assertThat(gateway.get("/docs/start.js").text())
        .contains("'/v1/auth/login'", "preauthorizeApiKey('bearer'");
  }

  @Test
  void the_root_leads_to_the_page() {
    for (var method : List.of("GET", "HEAD")) {
      var answer = gateway.send(method, "/", null);
      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("location")).isEqualTo("/docs");
    }
    assertThat(gateway.send("POST", "/", "{}").header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  private static Stream<ErrorCode> codes() {
    return Stream.of(CommonError.values(), HttpError.values()).flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void every_problem_has_a_page_that_explains_it(ErrorCode code) {
    var type = Problem.of(new ServiceException(code).failure(), "id").type();
    var page = gateway.get(type);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.text())
        .contains(
            code.name(), "<strong>" + code.title() + ".</strong> HTTP status " + code.status())
        .containsPattern(
            "(?s)What happened</h2>\\n<p>\\p{Lu}.*\\.</p>.*What to do</h2>\\n<p>\\p{Lu}.*\\.</p>");
    assertThat(gateway.get("/problems").text()).contains("href=\"" + type + "\"");
    assertThat(gateway.get(type, "If-None-Match", page.header("etag")).status()).isEqualTo(304);
  }

  @Test
  void a_rejection_leads_to_its_page() {
    var type = gateway.get("/nothing").json().path("type").asText();
    assertThat(gateway.get(type).status()).isEqualTo(200);
    assertThat(gateway.get("/problems/nothing").status()).isEqualTo(404);
  }

  @Test
  void the_page_loads_nothing_from_elsewhere() {
    assertThat(gateway.get("/docs").header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
  }

  @Test
  void an_asset_may_be_kept_for_ever_and_comes_compressed() {
    var script = links(gateway.get("/docs").text()).stream().filter(l -> l.endsWith("e.js"));
    var asset = gateway.get(script.findFirst().orElseThrow(), "Accept-Encoding", "gzip, br");
    assertThat(asset.header("cache-control")).contains("immutable");
    assertThat(asset.header("content-encoding")).isEqualTo("gzip");
    assertThat(asset.header("content-type")).startsWith("text/javascript");
    assertThat(Integer.parseInt(asset.header("content-length"))).isLessThan(700_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/nothing",
        "/docs/assets/",
        "/docs/assets/0/swagger-ui.css",
        "/openapi.json/",
        "/openapi.jsonx",
        "/problems/NO_SUCH_CODE",
        "/console/nothing.js",
        "//openapi.json",
        "//docs"
      })
  void nothing_else_is_there_for_any_method(String path) {
    for (var method : List.of("GET", "POST", "OPTIONS", "DELETE")) {
      assertThat(gateway.send(method, path, null).code()).as(method).isEqualTo("NOT_FOUND");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/problems/NOT_FOUND", "/console", "/console/main.js"})
  void what_is_there_says_how_it_can_be_asked_for(String path) {
    var answer = gateway.send("OPTIONS", path, null);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void a_slash_too_many_is_forgiven_to_who_types_the_address() {
    var answer = gateway.get("/docs/");
    assertThat(answer.status()).isEqualTo(308);
    assertThat(answer.header("location")).isEqualTo("/docs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/asyncapi.json"})
  void documents_can_only_be_read(String path) {
    var rejected = gateway.send("POST", path, "{}");
    assertThat(rejected.code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(rejected.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  private static JsonNode document() {
    return gateway.get("/openapi.json").json();
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> links(String page) {
    var links = new ArrayList<String>();
    var matcher = LINK.matcher(page);
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }
}
