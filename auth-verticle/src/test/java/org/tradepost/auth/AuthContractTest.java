package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tradepost.common.contract.auth.AccountContract.Account;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.contract.auth.AccountContract.GetUser;
import org.tradepost.common.contract.auth.AccountContract.ListUsers;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.contract.auth.AccountContract.UpdateMe;
import org.tradepost.common.contract.auth.AccountContract.UpdateUser;
import org.tradepost.common.contract.auth.AccountContract.UserPage;
import org.tradepost.common.contract.auth.AuthContract.EndSession;
import org.tradepost.common.contract.auth.AuthContract.EndUserSession;
import org.tradepost.common.contract.auth.AuthContract.KeySet;
import org.tradepost.common.contract.auth.AuthContract.ListSessions;
import org.tradepost.common.contract.auth.AuthContract.ListUserSessions;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthContract.Logout;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.Rotation;
import org.tradepost.common.contract.auth.AuthContract.Session;
import org.tradepost.common.contract.auth.AuthContract.SessionPage;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.RequestSchema;

class AuthContractTest {

  private static final Instant TIME = Instant.parse("2026-03-01T09:30:00.123456Z");
  private static final UUID ID = UUID.fromString("0b5f6f0e-8d2c-4f39-9a40-6d0a6bb6a0f1");

  @TestFactory
  Stream<DynamicTest> records_survive_the_wire() {
    var key = WireJson.read("{\"kid\":\"k\"}", JsonNode.class);
    var account = new Account(ID, "a@b.org", "Ada", List.of("customer"), true, TIME);
    var session = new Session(ID, TIME, TIME, TIME, true);
    return Stream.of(
            new Register("a@b.org", "secret", "Ada"),
            new Login("a@b.org", "secret"),
            new Refresh("token"),
            new Logout("token"),
            new Tokens("access", "Bearer", 900, "refresh"),
            account,
            new UpdateMe("Ada"),
            new ChangePassword("old", "new"),
            new ListSessions(20, "cursor"),
            session,
            new SessionPage(List.of(session), "next"),
            new EndSession(ID),
            new ListUserSessions(ID, 20, "cursor"),
            new EndUserSession(ID, ID),
            new KeySet(List.of(key)),
            new Rotation("kid", TIME),
            new ListUsers("a@b.org", 20, "cursor"),
            new UserPage(List.of(account), "next"),
            new GetUser(ID),
            new UpdateUser(ID, List.of("admin"), false),
            new Trust(List.of(key), List.of("session")))
        .map(
            sent ->
                DynamicTest.dynamicTest(
                    sent.getClass().getSimpleName(),
                    () ->
                        assertThat((Object) WireJson.read(WireJson.write(sent), sent.getClass()))
                            .isEqualTo(sent)));
  }

  @Test
  void tokens_are_named_as_in_oauth() {
    assertThat(WireJson.writeText(new Tokens("a", "Bearer", 900, "r")))
        .isEqualTo(
            "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":900,\"refresh_token\":\"r\"}");
  }

  @Test
  void every_example_of_a_request_follows_the_api_description() {
    var description = ApiDescription.load("auth");
    var contracts = RequestSchema.of(description);
    description
        .operations()
        .forEach(
            (address, operation) -> {
              var headers = MultiMap.caseInsensitiveMultiMap();
              operation
                  .parameters()
                  .forEach(parameter -> headers.set(parameter.field(), sample(parameter.field())));
              var example =
                  description
                      .document()
                      .path("paths")
                      .path(operation.path())
                      .path(operation.method().toLowerCase(java.util.Locale.ROOT))
                      .path("requestBody")
                      .path("content")
                      .path("application/json")
                      .path("example");
              assertThat(example.isMissingNode())
                  .as("example of " + address)
                  .isEqualTo(operation.bodyTypes().isEmpty());
              var body = example.isMissingNode() ? Buffer.buffer() : WireJson.write(example);
              assertThat(contracts.get(address).read(headers, body)).as(address).isNotNull();
            });
  }

  private static String sample(String field) {
    return switch (field) {
      case "id", "session" -> ID.toString();
      case "limit" -> "20";
      default -> "a@b.org";
    };
  }
}
