package org.tradepost.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.face.FaceParameter;

/**
 * Turns what path, query and header carry into message headers: what the face names, and nothing
 * else.
 */
final class Parameters {

  /** Header fields that mean the same on one line and on several (RFC 9110, 5.3). */
  private static final Set<String> LISTS = Set.of("If-Match");

  private Parameters() {}

  /**
   * Makes the parameters that the gateway is to make where the client sent none, and tells them in
   * the response, so that the client can repeat the request whatever becomes of it.
   */
  static void generate(Mount mount, HttpServerRequest request) {
    for (var parameter : mount.operation().parameters()) {
      if (parameter.generated()) {
        var sent = request.getHeader(parameter.name());
        request
            .response()
            .putHeader(parameter.name(), sent == null ? UUID.randomUUID().toString() : sent);
      }
    }
  }

  /**
   * Reads the parameters of an operation.
   *
   * @param values the values of the path template, in order
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  static MultiMap read(Mount mount, List<String> values, HttpServerRequest request) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    var errors = new ArrayList<FieldError>();
    for (var i = 0; i < values.size(); i++) {
      headers.set(mount.pathFields().get(i), values.get(i));
    }
    readQuery(mount, request, headers, errors);
    for (var parameter : mount.operation().parameters()) {
      if (parameter.in().equals("header")) {
        readHeader(parameter, request, headers, errors);
      }
    }
    if (!errors.isEmpty()) {
      throw ServiceException.invalid(errors);
    }
    return headers;
  }

  private static void readQuery(
      Mount mount, HttpServerRequest request, MultiMap headers, List<FieldError> errors) {
    var query = request.query();
    if (query == null || query.isEmpty()) {
      return;
    }
    MultiMap sent;
    try {
      sent = request.params(true);
    } catch (IllegalArgumentException malformed) {
      throw ServiceException.invalid("", "the query is not well-formed");
    }
    for (var name : sent.names()) {
      var parameter = mount.queryParameters().get(name);
      if (parameter == null) {
        errors.add(new FieldError("/" + escape(name), "is not known here"));
      } else if (sent.getAll(name).size() > 1) {
        errors.add(new FieldError("/" + parameter.field(), "is given more than once"));
      } else {
        headers.set(parameter.field(), sent.get(name));
      }
    }
  }

  private static void readHeader(
      FaceParameter parameter,
      HttpServerRequest request,
      MultiMap headers,
      List<FieldError> errors) {
    var sent = request.headers().getAll(parameter.name());
    if (sent.size() > 1 && !LISTS.contains(parameter.name())) {
      errors.add(new FieldError("/" + parameter.field(), "is given more than once"));
    } else if (!sent.isEmpty()) {
      headers.set(parameter.field(), String.join(", ", sent));
    } else if (parameter.generated()) {
      headers.set(parameter.field(), request.response().headers().get(parameter.name()));
    }
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
