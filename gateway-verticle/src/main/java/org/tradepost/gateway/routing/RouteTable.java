package org.tradepost.gateway.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.PercentEncoding;

/**
 * Finds the operations at a path. Literal segments win over templates, segments are compared
 * decoded, and a slash at the end makes another path.
 *
 * <p>A tree rather than a list of patterns, so that the cost does not grow with the routes.
 */
public final class RouteTable {

  private final Node root = new Node();

  /**
   * The operations at a path.
   *
   * @param methods the operations, by HTTP method
   * @param values the decoded values of the path parameters, in order
   */
  public record Match(Map<String, OperationRoute> methods, List<String> values) {

    /** Returns the template of the path, as one of the operations has it. */
    public String template() {
      return methods.values().iterator().next().operation().path();
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, OperationRoute> methods = new HashMap<>();
    private Node template;
  }

  RouteTable(Iterable<OperationRoute> routes) {
    for (var route : routes) {
      var node = root;
      for (var segment : OperationRoute.segments(route.operation().path())) {
        if (!OperationRoute.isTemplate(segment)) {
          node = node.literals.computeIfAbsent(segment, name -> new Node());
        } else {
          node.template = node.template == null ? new Node() : node.template;
          node = node.template;
        }
      }
      node.methods.put(route.operation().method(), route);
    }
  }

  /**
   * Finds a path as it was sent.
   *
   * @return empty if nothing is there
   * @throws ServiceException if it is not well-formed
   */
  public Optional<Match> match(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    var segments = OperationRoute.segments(path);
    for (var i = 0; i < segments.length; i++) {
      segments[i] = decode(segments[i]);
    }
    return Optional.ofNullable(match(root, segments, 0, new String[0]));
  }

  /** Returns the operation of a request, unless its path needs decoding. */
  public Optional<OperationRoute> route(String method, String uri) {
    var query = uri.indexOf('?');
    var path = query < 0 ? uri : uri.substring(0, query);
    return PercentEncoding.isPlain(path)
        ? match(path).map(match -> match.methods().get(method))
        : Optional.empty();
  }

  private static Match match(Node node, String[] segments, int at, String[] values) {
    if (at == segments.length) {
      return node.methods.isEmpty() ? null : new Match(node.methods, List.of(values));
    }
    var segment = segments[at];
    var literal = node.literals.get(segment);
    var found = literal == null ? null : match(literal, segments, at + 1, values);
    if (found != null || node.template == null || segment.isEmpty()) {
      return found;
    }
    var longer = java.util.Arrays.copyOf(values, values.length + 1);
    longer[values.length] = segment;
    return match(node.template, segments, at + 1, longer);
  }

  private static String decode(String segment) {
    try {
      return PercentEncoding.decode(segment);
    } catch (IllegalArgumentException malformed) {
      throw ServiceException.invalid(
          new FieldError("path", "", "is not well-formed, or not percent-encoded UTF-8"));
    }
  }
}
