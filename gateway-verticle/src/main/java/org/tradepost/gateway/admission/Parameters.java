package org.tradepost.gateway.admission;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tradepost.common.error.Faults;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.PercentEncoding;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.platform.description.ParameterDescription;

/**
 * Converts the path, query and header parameters that the API description names to message headers.
 * Rejects any other query parameter.
 */
final class Parameters {

  /** Header fields that are lists, which may be split over several lines (RFC 9110, 5.3). */
  private static final Set<String> LISTS = Set.of("If-Match");

  private static final String QUERY = "query";

  /** The longest value to echo, in characters, unless the schema has a {@code maxLength}. */
  private static final int MAX_ECHOED_LENGTH = 200;

  private Parameters() {}

  /**
   * Puts the parameters marked {@code x-generate} into the response, and generates those that the
   * client did not send, so that the client can repeat the request.
   */
  static void generate(OperationRoute route, HttpServerRequest request) {
    for (var parameter : route.operation().parameters()) {
      if (parameter.generated()) {
        var sent = request.getHeader(parameter.name());
        var value = sent == null ? UUID.randomUUID().toString() : sent;
        if (value.length() <= parameter.schema().path("maxLength").asInt(MAX_ECHOED_LENGTH)) {
          request.response().putHeader(parameter.name(), value);
        }
      }
    }
  }

  /**
   * Reads the parameters of an operation.
   *
   * @param values the values of the path template, in order
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  static MultiMap read(OperationRoute route, List<String> values, HttpServerRequest request) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    var faults = new Faults();
    for (var i = 0; i < values.size(); i++) {
      headers.set(route.pathFields().get(i), values.get(i));
    }
    readQuery(route, request.query(), headers, faults);
    for (var parameter : route.operation().parameters()) {
      if (parameter.in().equals("header")) {
        readHeader(parameter, request, headers, faults);
      }
    }
    faults.check();
    return headers;
  }

  private static void readQuery(
      OperationRoute route, String query, MultiMap headers, Faults faults) {
    if (query == null) {
      return;
    }
    var seen = new HashSet<String>();
    for (var pair : query.split("&")) {
      if (!pair.isEmpty()) {
        readPair(route, pair, headers, seen, faults);
      }
    }
  }

  private static void readPair(
      OperationRoute route, String pair, MultiMap headers, Set<String> seen, Faults faults) {
    var end = pair.indexOf('=');
    var name = decode(end < 0 ? pair : pair.substring(0, end));
    var parameter = name == null ? null : route.queryParameters().get(name);
    var value = decode(end < 0 ? "" : pair.substring(end + 1));
    if (name == null) {
      add(faults, QUERY, "", "a name is not well-formed, or not percent-encoded UTF-8");
    } else if (parameter == null) {
      add(faults, QUERY, ParameterDescription.pointer(name), "is not known here");
    } else if (!seen.add(name)) {
      add(faults, parameter, "is given more than once");
    } else if (value == null) {
      add(faults, parameter, "is not well-formed, or not percent-encoded UTF-8");
    } else {
      headers.set(parameter.field(), value);
    }
  }

  /** Returns null if the text cannot be decoded. */
  private static String decode(String text) {
    try {
      return PercentEncoding.decodeQuery(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static void readHeader(
      ParameterDescription parameter, HttpServerRequest request, MultiMap headers, Faults faults) {
    var sent = request.headers().getAll(parameter.name());
    if (sent.size() > 1 && !LISTS.contains(parameter.name())) {
      add(faults, parameter, "is given more than once");
    } else if (!sent.isEmpty()) {
      headers.set(parameter.field(), String.join(", ", sent));
    } else if (parameter.generated()) {
      headers.set(parameter.field(), request.response().headers().get(parameter.name()));
    }
  }

  private static void add(Faults faults, ParameterDescription parameter, String detail) {
    add(faults, parameter.in(), parameter.pointer(), detail);
  }

  private static void add(Faults faults, String in, String pointer, String detail) {
    faults.add(() -> new FieldError(in, pointer, detail));
  }
}
