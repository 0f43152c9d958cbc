package org.tradepost.proof.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import org.tradepost.proof.rest.RestResponse;

/**
 * A response over HTTP.
 *
 * @param status 0 if there is no response
 * @param failure the problem in short, empty when there is none
 */
record ApiReply(int status, JsonNode body, String failure) {

  /** The reply to a request: its response, or why there is none. */
  static ApiReply of(RestResponse response, Throwable exception) {
    return exception == null
        ? of(response.status(), response.body())
        : missing(exception.getCause().getCause().getClass().getSimpleName());
  }

  static ApiReply missing(String reason) {
    return new ApiReply(0, MissingNode.getInstance(), reason);
  }

  static ApiReply of(int status, JsonNode body) {
    var code = body.path("code").asText("");
    return new ApiReply(status, body, status < 400 ? "" : (status + " " + code).strip());
  }

  boolean isMissing() {
    return status == 0;
  }

  /** The problem's stable code, or an empty text. */
  String code() {
    return body.path("code").asText("");
  }

  /** The order in the body. */
  ReportedOrder order() {
    var lines = new ArrayList<ReportedOrder.Line>();
    for (var line : body.path("lines")) {
      lines.add(
          new ReportedOrder.Line(
              line.path("productId").asText(),
              line.path("quantity").asInt(),
              line.at("/unitPrice/amount").asLong(-1)));
    }
    return new ReportedOrder(
        body.path("id").asText(),
        body.path("customerId").asText(),
        body.path("status").asText(),
        body.at("/total/amount").asLong(-1),
        lines);
  }
}
