package org.tradepost.launcher.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/**
 * The parked events of the order service, over the REST API.
 *
 * @param token the access token of an administrator
 */
record ParkedEventsClient(RestClient api, String token) {
  private static final String PATH = "/v1/orders/parked-events";

  /**
   * Lists all parked events, oldest first.
   *
   * @throws CommandFailure if they cannot be listed
   */
  List<JsonNode> list() {
    var parked = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = send(RestRequest.get(PATH + "?limit=100" + cursor));
      if (page.status() != 200) {
        throw failure(page);
      }
      page.body().path("items").forEach(parked::add);
      cursor = "&cursor=" + page.text("/nextCursor");
    } while (!cursor.equals("&cursor="));
    return parked;
  }

  /**
   * Retries or discards each of some events.
   *
   * @param verb {@code retry} or {@code discard}
   * @return the reason for each event that was rejected
   * @throws CommandFailure if a request fails for a reason that is not about its event
   */
  List<String> change(Collection<Long> ids, String verb) {
    var rejections = new ArrayList<String>();
    for (long id : ids) {
      var response = send(RestRequest.of("POST", PATH + "/" + id + "/" + verb));
      switch (response.status()) {
        case 204 -> {}
        case 400, 404, 409 -> rejections.add(response.text("/detail") + ".");
        default -> throw failure(response);
      }
    }
    return rejections;
  }

  private RestResponse send(RestRequest request) {
    return api.send(request.as(token));
  }

  private static CommandFailure failure(RestResponse response) {
    return new CommandFailure(
        "The order service answers " + response.status() + ": " + response.text("/title") + ".");
  }
}
