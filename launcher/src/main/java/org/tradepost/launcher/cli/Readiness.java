package org.tradepost.launcher.cli;

import java.time.Duration;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** Finds out whether what was started is ready. */
public final class Readiness {
  private Readiness() {}

  /**
   * Waits until the API responds to a read that needs a gateway, a service and its database.
   *
   * @throws CommandFailure if it does not within {@code timeout}
   */
  public static void ofApi(RestClient client, Duration timeout) {
    if (!Waiting.until(() -> client.answers("/v1/products?limit=1"), timeout)) {
      throw new CommandFailure(
          "The services did not become ready within " + timeout.toSeconds() + " s.");
    }
  }

  /** The number of instances of a service that a gateway counts; 0 if it does not respond. */
  public static long instances(RestClient management, String service) {
    try {
      for (var check : management.send(RestRequest.get("/health/ready")).body().at("/checks")) {
        if (check.path("id").asText().equals(service)) {
          return check.at("/data/instances").asLong();
        }
      }
      return 0;
    } catch (RestClient.NoResponse e) {
      return 0;
    }
  }
}
