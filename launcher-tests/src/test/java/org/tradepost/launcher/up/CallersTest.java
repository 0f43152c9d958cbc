package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.Authentication;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** The caller makes a difference where the documents say so, and nowhere else. */
class CallersTest {
  private static final List<String> SERVICES = Services.BUILT_IN.names();

  /** The operations that check credentials in the body, and no token. */
  private static final Set<String> CREDENTIALS = Set.of("auth.v1.refresh");

  private static final List<String> STALE =
      List.of(
          "Bearer x",
          "Bearer a b",
          "Basic dTpw",
          "Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IngifQ.e30.e30",
          "Bearer eyJhbGciOiJIUzI1NiJ9.e30.e30");

  private static final String PASSWORD = "a long walk to the sea";

  private static TestSingleJvm shop;

  @BeforeAll
  static void start() {
    shop = TestSingleJvm.shared();
  }

  @Test
  void each_operation_lists_the_rejections_that_its_security_makes() {
    var document = shop.client().send(RestRequest.get("/openapi.json")).body();
    for (var operation : operations().values()) {
      var statuses = statuses(document, operation);
      var name = operation.address();
      if (operation.authentication() == Authentication.NONE) {
        assertThat(statuses).as(name).doesNotContain("403");
        assertThat(statuses.contains("401")).as(name).isEqualTo(CREDENTIALS.contains(name));
      } else {
        assertThat(statuses).as(name).contains("401");
        assertThat(operation.roles().isEmpty() || statuses.contains("403")).as(name).isTrue();
      }
    }
  }

  @Test
  void a_stale_token_changes_nothing_unless_one_is_needed() {
    for (var operation : operations().values()) {
      var request = request(operation);
      var anonymous = shop.client().send(request).status();
      assertThat(anonymous == 401).as("%s", request).isEqualTo(operation.authenticated());
      for (var stale : STALE) {
        var answer = shop.client().send(request.with("authorization", stale));
        assertThat(answer.status()).as("%s with %s", request, stale).isEqualTo(anonymous);
      }
    }
  }

  @Test
  void documents_are_read_with_a_stale_token_too() {
    for (var path : List.of("/docs", "/openapi.json", "/openapi.yaml", "/asyncapi.json")) {
      for (var stale : STALE) {
        var request = RestRequest.get(path).with("authorization", stale);
        assertThat(shop.client().send(request).status()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void what_is_not_active_is_for_administrators() {
    var archived = RestRequest.get("/v1/products?status=archived");
    var anonymous = shop.client().send(archived);
    assertThat(anonymous.status()).isEqualTo(401);
    assertThat(anonymous.header("www-authenticate")).doesNotContain("error");
    for (var stale : STALE) {
      var answer = shop.client().send(archived.with("authorization", stale));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("www-authenticate").contains("invalid_token"))
          .as(stale)
          .isEqualTo(stale.startsWith("Bearer "));
    }
  }

  @Test
  void who_guesses_at_an_account_does_not_lock_its_session_out() throws SQLException {
    var account = JsonNodeFactory.instance.objectNode();
    account.put("email", UUID.randomUUID() + "@example.org").put("password", PASSWORD);
    var registration = account.deepCopy().put("name", "Robin");
    assertThat(post("/v1/auth/register", registration).status()).isEqualTo(201);
    var token = post("/v1/auth/login", account).text("/access_token");
    var wrong = account.deepCopy().put("password", "wrong");
    for (var i = 0; i < 5; i++) {
      assertThat(post("/v1/auth/login", wrong).text("/code")).isEqualTo("INVALID_CREDENTIALS");
    }
    // On a busy machine, the delay of one second could pass before the next login.
    TestServer.ask(
        shop.databases().of("auth"),
        "update login_failure set blocked_until = blocked_until + interval '1 hour' where failures = 5");
    assertThat(post("/v1/auth/login", wrong).text("/code")).isEqualTo("TOO_MANY_ATTEMPTS");
    var login = RestRequest.post("/v1/auth/login", account).as(token);
    assertThat(shop.client().send(login).status()).isEqualTo(200);
    var change = JsonNodeFactory.instance.objectNode().put("currentPassword", PASSWORD);
    change.put("newPassword", "a long walk back from the sea");
    var changing = RestRequest.post("/v1/auth/me/password", change).as(token);
    assertThat(shop.client().send(changing).status()).isEqualTo(204);
  }

  private static RestResponse post(String path, ObjectNode body) {
    return shop.client().send(RestRequest.post(path, body));
  }

  private static Map<String, OperationDescription> operations() {
    var all = new TreeMap<String, OperationDescription>();
    SERVICES.forEach(service -> all.putAll(ApiDescription.load(service).operations()));
    return all;
  }

  private static Set<String> statuses(JsonNode document, OperationDescription operation) {
    var said =
        document
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(Locale.ROOT))
            .path("responses");
    var statuses = new TreeSet<String>();
    said.fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  /** A request without a body, whose ids do not exist. */
  private static RestRequest request(OperationDescription operation) {
    var path = operation.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    return RestRequest.of(operation.method(), path).with("content-type", "application/json");
  }
}
