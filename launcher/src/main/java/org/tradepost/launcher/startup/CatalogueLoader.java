package org.tradepost.launcher.startup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** Creates the sample catalogue through the REST API, leaving alone what is there already. */
final class CatalogueLoader {
  private final RestClient client;
  private final String token;

  private CatalogueLoader(RestClient client, String token) {
    this.client = client;
    this.token = token;
  }

  /** A loader on behalf of the administrator; empty if their password is unknown. */
  static Optional<CatalogueLoader> as(Administrator administrator, RestClient client) {
    var answer = client.send(RestRequest.logIn(administrator.email(), administrator.password()));
    return answer.status() == 200
        ? Optional.of(new CatalogueLoader(client, answer.text("/access_token")))
        : Optional.empty();
  }

  /**
   * Creates the products that are not there.
   *
   * @throws StartFailure if one is refused
   */
  void run() {
    SampleCatalogue.products().forEach(this::create);
  }

  /** A conflict means that an interrupted start, or another gateway, has created it. */
  private void create(JsonNode product) {
    var answer = client.send(RestRequest.post("/v1/products", product).as(token));
    if (answer.status() != 201 && answer.status() != 409) {
      throw new StartFailure(
          String.format(
              Locale.ROOT,
              "The sample product %s cannot be created: %d %s",
              product.path("sku").asText(),
              answer.status(),
              answer.body()));
    }
  }
}
