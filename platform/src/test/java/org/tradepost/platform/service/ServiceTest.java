package org.tradepost.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

class ServiceTest {

  record Greet(String name, int limit, String ifMatch, List<String> words) {}

  record Greeting(String text, int limit) {
    /** Without a text, it cannot be written. */
    @Override
    public String text() {
      return Objects.requireNonNull(text);
    }
  }

  record Counts(Map<String, Integer> counts) {}

  private static final Operation<Greet, Greeting> GREET =
      Operation.open("greeting.v1.greet", Greet.class, Greeting.class);
  private static final Operation<Empty, Greeting> SECRET =
      Operation.open("greeting.v1.secret", Empty.class, Greeting.class);
  private static final Operation<Greet, Greeting> INTERNAL =
      Operation.internal("greeting.v1.internal", Greet.class, Greeting.class);

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static ClusterNode node;
  private static TestTokens tokens;
  private static int handled;
  private static volatile RequestContext lastCall;

  static final class GreetingVerticle extends VerticleBase {
    private final Service service = new Service(node, "greeting");

    @Override
    public Future<?> start() {
      return service
          .answer(GREET, this::greet)
          .serve(SECRET, (request, call) -> Future.succeededFuture(new Greeting("psst", 0)))
          .serve(INTERNAL, (request, call) -> greet(request, call).map(Response::body))
          .start();
    }

    @Override
    public Future<?> stop() {
      return service.stop();
    }

    private Future<Response<Greeting>> greet(Greet request, RequestContext call) {
      handled++;
      lastCall = call;
      if ("nobody".equals(request.name())) {
        throw new IllegalStateException("a fault with a secret in it");
      }
      if ("unwritable".equals(request.name())) {
        return Future.succeededFuture(Response.of(new Greeting(null, 0)));
      }
      return Future.succeededFuture(
          new Response<>(
              new Greeting(
                  String.join(" ", request.words()) + " " + request.name(), request.limit()),
              Map.of("location", "/v1/greetings/" + request.name())));
    }
  }

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    await(node.deploy(new GreetingVerticle()));
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void a_public_operation_is_called_with_the_token_of_the_caller() {
    var admin = tokens.admin();
    send(GREET, headers("name", "Ada", "ifMatch", "1", "authorization", admin), "{\"words\":[]}");
    assertThat(lastCall.token()).isEqualTo(admin);
    assertThat(lastCall.toString()).doesNotContain(admin);
    assertThat(await(node.bus().call(SECRET, Empty.NOTHING, lastCall)).text()).isEqualTo("psst");
    assertThatThrownBy(
            () -> await(node.bus().call(SECRET, Empty.NOTHING, RequestContext.background(5_000))))
        .isInstanceOfSatisfying(
            ServiceException.class,
            rejection -> assertThat(rejection.failure().code()).isEqualTo("UNAUTHENTICATED"));
  }

  @Test
  void parameters_travel_as_headers() {
    var reply =
        send(GREET, headers("name", "Ada", "ifMatch", "1"), "{\"words\":[\"good\",\"day\"]}");
    assertThat(reply.body().toJsonObject())
        .isEqualTo(new JsonObject().put("text", "good day Ada").put("limit", 20));
    assertThat(reply.headers().get("location")).isEqualTo("/v1/greetings/Ada");
  }

  @Test
  void parameters_travel_as_fields_of_the_body() {
    var reply =
        send(
            GREET,
            headers(),
            "{\"name\":\"Ada\",\"ifMatch\":\"1\",\"limit\":7,\"words\":[\"hi\"]}");
    assertThat(reply.body().toJsonObject().getInteger("limit")).isEqualTo(7);
  }

  @Test
  void a_sender_may_say_that_the_body_holds_no_parameters() {
    var headers = headers("name", "Ada", "ifMatch", "1", BusHeaders.PARAMETERS, "headers");
    var rejection = rejected(GREET, headers, "{\"words\":[],\"limit\":7}");
    assertThat(rejection.failure().errors())
        .containsExactly(new FieldError("query", "/limit", "is not known here"));
  }

  @Test
  void every_fault_has_its_pointer() {
    var rejection =
        rejected(
            GREET,
            headers("name", "A", "ifMatch", "1", "limit", "0"),
            "{\"words\":[\"hello\",7,\"too long\",\"\\u0000\"],\"at\":\"noon\",\"wrods\":1}");
    assertThat(rejection.failure().code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejection.failure().errors())
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder(
            "/name", "/limit", "/words", "/words/1", "/words/2", "/words/3", "/at", "/wrods");
    assertThat(rejection.failure().errors()).allSatisfy(e -> assertThat(e.detail()).isNotBlank());
  }

  @Test
  void a_missing_field_is_named() {
    var rejection = rejected(GREET, headers("name", "Ada", "ifMatch", "1"), "{}");
    assertThat(rejection.failure().errors())
        .containsExactly(new FieldError("/words", "is required"));
  }

  @Test
  void a_pattern_ends_where_the_text_ends() {
    var headers = headers("name", "Ada", "ifMatch", "1");
    var rejection = rejected(GREET, headers, "{\"words\":[],\"code\":\"EUR\\n\"}");
    assertThat(rejection.failure().errors())
        .extracting(FieldError::pointer)
        .containsExactly("/code");
    assertThat(send(GREET, headers, "{\"words\":[],\"code\":\"EUR\"}")).isNotNull();
  }

  @Test
  void a_missing_parameter_may_have_a_code_of_its_own() {
    assertThat(rejected(GREET, headers("name", "Ada"), "{\"words\":[]}").failure().status())
        .isEqualTo(428);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+294277-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "-4714-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+00:60",
        "2026-01-01T24:00:00Z",
        "2026-01-01 00:00:00Z",
        "2026-06-30T23:58:60Z",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z\n",
        "infinity",
        "NaN",
        "1e400",
        ""
      })
  void a_time_that_is_not_everywhere_one_is_rejected(String time) {
    var body = new JsonObject().put("words", new JsonArray()).put("at", time).encode();
    assertThat(rejected(GREET, headers("name", "Ada", "ifMatch", "1"), body).failure().errors())
        .extracting(FieldError::pointer)
        .containsExactly("/at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00+18:00",
        "9999-12-31T23:59:59.999999999-18:00",
        "2026-01-01t10:00:00z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T15:59:60.5-08:00",
        "2026-01-01T00:00:00-00:00",
        "2026-01-01T00:00:00+23:59"
      })
  void a_time_of_rfc_3339_is_taken(String time) {
    var body = new JsonObject().put("words", new JsonArray()).put("at", time).encode();
    assertThat(send(GREET, headers("name", "Ada", "ifMatch", "1"), body)).isNotNull();
  }

  @Test
  void what_is_not_bytes_of_an_object_is_rejected() {
    var token = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    for (var operation : List.of(GREET, INTERNAL)) {
      var headers = headers("name", "Ada", "ifMatch", "1", BusHeaders.PARAMETERS, "headers");
      if (operation.internal()) {
        headers.set(BusHeaders.AUTHORIZATION, token);
      }
      for (var body : Arrays.asList(null, "text", 7, new JsonObject(), Buffer.buffer("null"))) {
        var options = new DeliveryOptions().setHeaders(headers);
        assertThatThrownBy(
                () -> await(node.vertx().eventBus().request(operation.address(), body, options)))
            .as("%s with %s", operation.address(), body)
            .hasMessageContaining("INVALID_REQUEST");
      }
    }
  }

  @Test
  void a_number_beyond_its_type_is_rejected_with_its_pointer() {
    var token = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    var headers = headers(BusHeaders.AUTHORIZATION, token);
    for (var number : List.of("1e30", "2147483648", "9".repeat(99), "\"NaN\"", "{}", "null")) {
      var rejection = rejected(INTERNAL, headers, "{\"words\":[],\"limit\":" + number + "}");
      assertThat(rejection.failure().errors())
          .as(number)
          .containsExactly(new FieldError("/limit", "cannot be understood"));
    }
  }

  @Test
  void a_name_in_a_pointer_is_escaped() {
    var operation = Operation.internal("greeting.v1.count", Counts.class, Empty.class);
    var body = Buffer.buffer("{\"counts\":{\"a/b~c\":\"many\"}}");
    var rejection =
        catchThrowableOfType(
            ServiceException.class,
            () -> new RequestReader<>(operation, null).read(headers(), body));
    assertThat(rejection.failure().errors())
        .containsExactly(new FieldError("/counts/a~1b~0c", "cannot be understood"));
  }

  /** The trace context is stored in databases. */
  @Test
  void a_trace_that_is_none_is_left_out() {
    for (var trace : List.of("\0", "x", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", TRACE)) {
      var headers =
          headers("name", "Ada", "ifMatch", "1", "traceparent", trace, "requestId", "a\0\nb");
      send(GREET, headers, "{\"words\":[]}");
      assertThat(lastCall.traceparent()).isEqualTo(trace.equals(TRACE) ? TRACE : null);
      assertThat(lastCall.requestId()).isNull();
    }
  }

  @Test
  void malformed_json_is_rejected_with_its_place() {
    var rejection = rejected(GREET, headers("name", "Ada", "ifMatch", "1"), "{\"words\":[");
    assertThat(rejection.failure().code()).isEqualTo("MALFORMED_JSON");
    assertThat(rejection.failure().detail()).contains("line 1");
  }

  @Test
  void an_anonymous_caller_does_not_get_what_needs_a_token() {
    assertThat(rejected(SECRET, headers(), "").failure().code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_forged_token_is_rejected() {
    assertThat(
            rejected(SECRET, headers(BusHeaders.AUTHORIZATION, "eyJhbGciOiJub25lIn0.e30."), "")
                .failure()
                .code())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_bad_token_changes_nothing_where_none_is_needed() {
    var service = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    for (var token : List.of("x", "eyJhbGciOiJub25lIn0.e30.", service)) {
      var headers = headers("name", "Ada", "ifMatch", "1", BusHeaders.AUTHORIZATION, token);
      assertThat(send(GREET, headers, "{\"words\":[]}").body().length()).isPositive();
      assertThat(lastCall.caller()).isEqualTo(Caller.ANONYMOUS);
    }
  }

  @Test
  void a_service_token_opens_internal_operations_only() {
    var token = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    assertThat(rejected(SECRET, headers(BusHeaders.AUTHORIZATION, token), "").failure().status())
        .isEqualTo(401);
    var reply =
        send(
            INTERNAL,
            headers(BusHeaders.AUTHORIZATION, token),
            "{\"name\":\"Bob\",\"limit\":1,\"words\":[\"hi\"],\"later\":\"field\"}");
    assertThat(reply.body().toJsonObject().getString("text")).isEqualTo("hi Bob");
  }

  @Test
  void what_an_internal_operation_cannot_understand_is_rejected() {
    var token = new ServiceTokens(node.vertx(), "order", TestNode.SECRET).token();
    for (var body : List.of("", "{", "[]", "{\"limit\":\"many\"}")) {
      var rejection = rejected(INTERNAL, headers(BusHeaders.AUTHORIZATION, token), body);
      assertThat(rejection.failure().code()).as(body).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void an_internal_operation_rejects_anonymous_callers_and_wrong_secrets() {
    var foreign =
        new ServiceTokens(node.vertx(), "order", "another secret with 32 characters").token();
    assertThat(rejected(INTERNAL, headers(), "{}").failure().status()).isEqualTo(401);
    assertThat(
            rejected(INTERNAL, headers(BusHeaders.AUTHORIZATION, foreign), "{}").failure().status())
        .isEqualTo(401);
  }

  @Test
  void a_fault_says_nothing_of_its_cause() {
    var rejection = rejected(GREET, headers("name", "nobody", "ifMatch", "1"), "{\"words\":[]}");
    assertThat(rejection.failure().code()).isEqualTo("INTERNAL");
    assertThat(rejection.failure().toString()).doesNotContain("secret");
  }

  @Test
  void a_reply_that_cannot_be_written_is_rejected_at_once() {
    var rejection =
        rejected(GREET, headers("name", "unwritable", "ifMatch", "1"), "{\"words\":[]}");
    assertThat(rejection.failure().code()).isEqualTo("INTERNAL");
  }

  @Test
  void work_that_nobody_waits_for_is_dropped() {
    var before = handled;
    for (var none : List.of("0", "-1")) {
      assertThat(catchThrowableOfType(Exception.class, () -> greetWithin(none)))
          .hasMessageContaining("UNAVAILABLE");
    }
    assertThat(handled).isEqualTo(before);
  }

  @Test
  void the_time_that_is_left_is_what_the_sender_says_within_bounds() {
    greetWithin("60000");
    assertThat(lastCall.remaining()).isBetween(50_000L, 60_000L);
    greetWithin("86400000");
    assertThat(lastCall.remaining()).isBetween(290_000L, 300_000L);
    for (var unclear : List.of("", "soon", "1e3", "1795855936789795855936789")) {
      greetWithin(unclear);
      assertThat(lastCall.remaining()).as(unclear).isBetween(1L, 5_000L);
    }
  }

  private static void greetWithin(String timeout) {
    var options =
        new DeliveryOptions()
            .setHeaders(headers("name", "Ada", "ifMatch", "1", BusHeaders.TIMEOUT, timeout));
    var words = Buffer.buffer("{\"words\":[]}");
    await(node.vertx().eventBus().<Buffer>request(GREET.address(), words, options));
  }

  @Test
  void a_service_serves_nothing_that_its_description_does_not_describe() {
    var service = new Service(node, ApiDescription.load("greeting"));
    for (var unknown :
        List.of(
            Operation.open("greeting.v1.internal", Greet.class, Greeting.class),
            Operation.internal("greeting.v1.greet", Greet.class, Greeting.class),
            Operation.internal("greeting.v1.whisper", Greet.class, Greeting.class))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.answer(unknown, (request, call) -> null))
          .withMessage("the API description of greeting lacks " + unknown.address());
    }
  }

  @Test
  void a_service_does_not_open_while_its_description_describes_what_nobody_serves() {
    var service =
        new Service(node, ApiDescription.load("greeting"))
            .answer(GREET, (request, call) -> null)
            .answer(SECRET, (request, call) -> null);
    assertThatThrownBy(() -> await(service.start()))
        .hasMessageContaining(
            "the API description of greeting declares greeting.v1.internal, which has no handler");
  }

  @Test
  void a_description_describes_no_internal_address_of_another() {
    var description = ApiDescription.load("greeting").document().<ObjectNode>deepCopy();
    description
        .withObjectProperty("x-internal")
        .putObject("order.v1.resolve")
        .put("summary", "Steal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiDescription.read(WireJson.write(description)))
        .withMessage("the API description of greeting cannot have order.v1.resolve in x-internal");
  }

  @Test
  void a_service_that_is_not_there_is_unavailable() {
    var nowhere = Operation.internal("nowhere.v1.go", Empty.class, Empty.class);
    var rejection =
        catchThrowableOfType(
            ServiceException.class,
            () -> await(node.bus().call(nowhere, Empty.NOTHING, RequestContext.background(2_000))));
    assertThat(rejection.failure().code()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void the_directory_knows_the_instance() {
    assertThat(node.directory().instances())
        .filteredOn(instance -> instance.service().equals("greeting"))
        .singleElement()
        .satisfies(
            instance ->
                assertThat(instance.operations())
                    .contains("greeting.v1.greet", "greeting.description"));
  }

  private static Message<Buffer> send(Operation<?, ?> operation, MultiMap headers, String body) {
    return await(
        node.bus()
            .send(operation.address(), Buffer.buffer(body), headers, TestNode.TIMEOUT_MILLIS));
  }

  private static ServiceException rejected(
      Operation<?, ?> operation, MultiMap headers, String body) {
    return catchThrowableOfType(ServiceException.class, () -> send(operation, headers, body));
  }

  private static MultiMap headers(String... pairs) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    for (var i = 0; i < pairs.length; i += 2) {
      headers.set(pairs[i], pairs[i + 1]);
    }
    return headers;
  }
}
