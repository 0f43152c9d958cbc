package org.tradepost.gateway.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tradepost.platform.description.Authentication;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.ParameterDescription;

/**
 * An operation of a service as a route of the HTTP API.
 *
 * @param service the service that serves it
 * @param operation its API description
 * @param pathFields the message fields of its path parameters, in order
 * @param queryParameters its query parameters, by name
 */
public record OperationRoute(
    String service,
    OperationDescription operation,
    List<String> pathFields,
    Map<String, ParameterDescription> queryParameters) {

  private static final Pattern LITERAL = Pattern.compile("[^{}]+");
  private static final Pattern TEMPLATE = Pattern.compile("\\{[^{}]+}");

  /**
   * Creates the route of an operation.
   *
   * @throws IllegalArgumentException if its address does not begin with the name of the service, or
   *     the path is wrong
   */
  static OperationRoute of(String service, OperationDescription operation) {
    if (!operation.address().startsWith(service + ".")) {
      throw new IllegalArgumentException(
          "the address of its operation %s does not begin with the name of the service"
              .formatted(operation.address()));
    }
    var fields = new ArrayList<String>();
    for (var segment : segments(operation.path())) {
      if (!LITERAL.matcher(segment).matches() && !TEMPLATE.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "its path %s is not made of whole segments".formatted(operation.path()));
      }
      if (isTemplate(segment)) {
        fields.add(field(operation, segment.substring(1, segment.length() - 1)));
      }
    }
    var query = new TreeMap<String, ParameterDescription>();
    for (var parameter : operation.parameters()) {
      if (parameter.in().equals("query")) {
        query.put(parameter.name(), parameter);
      }
    }
    return new OperationRoute(service, operation, List.copyOf(fields), query);
  }

  private static String field(OperationDescription operation, String name) {
    return operation.parameters().stream()
        .filter(parameter -> parameter.in().equals("path") && parameter.name().equals(name))
        .map(ParameterDescription::field)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its path %s has no parameter %s".formatted(operation.path(), name)));
  }

  /** Whether a reply may be given to others who request the same without a valid token. */
  public boolean isCached() {
    return operation.cacheSeconds() > 0 && operation.method().equals("GET");
  }

  /** Whether the answer may depend on the caller. */
  public boolean dependsOnCaller() {
    return operation.authentication() != Authentication.NONE;
  }

  /** Returns the segments of a path template, or of a path as it was sent. */
  static String[] segments(String path) {
    return path.substring(1).split("/", -1);
  }

  static boolean isTemplate(String segment) {
    return segment.startsWith("{");
  }

  /** Returns a path template without parameter names, which is equal for templates that collide. */
  static String shape(String path) {
    return TEMPLATE.matcher(path).replaceAll("{}");
  }
}
