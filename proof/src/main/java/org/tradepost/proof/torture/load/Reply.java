package org.tradepost.proof.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What came back over HTTP.
 *
 * @param status 0 when nothing came back
 * @param words the problem in short, empty when there is none
 */
record Reply(int status, JsonNode body, String words) {

  static Reply missing(String reason) {
    return new Reply(0, MissingNode.getInstance(), reason);
  }

  static Reply of(int status, JsonNode body) {
    String code = body.path("code").asText("");
    return new Reply(status, body, status < 400 ? "" : (status + " " + code).strip());
  }

  boolean isMissing() {
    return status == 0;
  }

  /** The problem's stable code, or an empty text. */
  String code() {
    return body.path("code").asText("");
  }

  /** The order in the body. */
  Order order() {
    List<Order.Line> lines = new ArrayList<>();
    for (JsonNode line : body.path("lines")) {
      lines.add(
          new Order.Line(
              line.path("productId").asText(),
              line.path("quantity").asInt(),
              line.at("/unitPrice/amount").asLong(-1)));
    }
    return new Order(
        body.path("id").asText(),
        body.path("customerId").asText(),
        body.path("status").asText(),
        body.at("/total/amount").asLong(-1),
        lines);
  }
}
