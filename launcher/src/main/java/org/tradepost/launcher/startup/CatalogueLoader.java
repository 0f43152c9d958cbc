package org.tradepost.launcher.startup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Creates the sample catalogue through the REST API, except for products that exist already. */
final class CatalogueLoader {
  private final RestClient client;
  private final String token;

  private CatalogueLoader(RestClient client, String token) {
    this.client = client;
    this.token = token;
  }

  /**
   * Logs in as the administrator; empty if the password is wrong.
   *
   * @throws CommandFailure if the login fails for another reason
   */
  static Optional<CatalogueLoader> logIn(Administrator administrator, RestClient client) {
    var answer = send(client, RestRequest.logIn(administrator.email(), administrator.password()));
    return switch (answer.status()) {
      case 200 -> Optional.of(new CatalogueLoader(client, answer.text("/access_token")));
      case 401 -> Optional.empty();
      default -> throw rejected(administrator.email() + " cannot log in", answer);
    };
  }

  /**
   * Repeats a request for as long as a start may take; all requests here are safe to repeat. On a
   * busy machine, a gateway that is ready may need a while to reach every service.
   */
  private static RestResponse send(RestClient client, RestRequest request) {
    var answer = new AtomicReference<RestResponse>();
    Waiting.until(
        () -> {
          answer.set(client.sendRepeatedly(request, (rejection, seconds) -> {}));
          return answer.get().status() != 503;
        },
        Waiting.START_TIMEOUT);
    return answer.get();
  }

  private static CommandFailure rejected(String what, RestResponse answer) {
    return new CommandFailure(
        String.format(Locale.ROOT, "%s: %d %s", what, answer.status(), answer.text("/title")));
  }

  /**
   * Creates the products that are missing.
   *
   * @throws CommandFailure if one is rejected
   */
  void run() {
    SampleCatalogue.products().forEach(this::create);
  }

  /** A conflict means that the product exists: an interrupted start may have created it. */
  private void create(JsonNode product) {
    var answer = send(client, RestRequest.post("/v1/products", product).as(token));
    if (answer.status() != 201 && answer.status() != 409) {
      throw rejected(
          "The sample product " + product.path("sku").asText() + " cannot be created", answer);
    }
  }
}
