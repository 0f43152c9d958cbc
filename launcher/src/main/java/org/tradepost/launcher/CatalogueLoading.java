package org.tradepost.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Creates the sample catalogue through the REST API, leaving alone what is there already. */
final class CatalogueLoading {
  private final RestClient client;
  private final Administrator administrator;

  CatalogueLoading(RestClient client, Administrator administrator) {
    this.client = client;
    this.administrator = administrator;
  }

  /**
   * Creates the products that are not there.
   *
   * @return how many the catalogue has
   * @throws StartFailure if one is refused
   */
  int run() {
    String token = logIn();
    List<JsonNode> products = SampleCatalogue.products();
    products.forEach(product -> create(product, token));
    return products.size();
  }

  private String logIn() {
    RestAnswer answer =
        client.send(
            RestRequest.post(
                "/v1/auth/login",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("email", administrator.email())
                    .put("password", administrator.password())));
    if (answer.status() != 200) {
      throw new StartFailure(
          "The sample catalogue cannot be loaded: %s cannot log in (%d %s). Set TRADEPOST_ADMIN_EMAIL and TRADEPOST_ADMIN_PASSWORD, or start with --empty."
              .formatted(administrator.email(), answer.status(), answer.text("/code")));
    }
    return answer.text("/access_token");
  }

  /** A conflict means that an interrupted start, or another gateway, has created it. */
  private void create(JsonNode product, String token) {
    RestAnswer answer = client.send(RestRequest.post("/v1/products", product).as(token));
    if (answer.status() != 201 && answer.status() != 409) {
      throw new StartFailure(
          "The sample product %s cannot be created: %d %s"
              .formatted(product.path("sku").asText(), answer.status(), answer.body()));
    }
  }
}
