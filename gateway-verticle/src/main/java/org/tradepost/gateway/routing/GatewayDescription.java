package org.tradepost.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.RequestSchema;

/** The API description of the gateway itself, and the dispatch of its operations. */
public final class GatewayDescription {

  public static final ApiDescription DESCRIPTION = ApiDescription.load("gateway");

  private static final RouteTable ROUTES =
      new RouteTable(
          DESCRIPTION.operations().values().stream()
              .map(operation -> OperationRoute.of(DESCRIPTION.service(), operation))
              .toList());

  private static final Map<String, RequestSchema> REQUEST_SCHEMAS = RequestSchema.of(DESCRIPTION);

  private GatewayDescription() {}

  /** Serves the requests for an operation. */
  public interface Operation {

    /**
     * Serves a request.
     *
     * @param match the match of its path
     */
    void serve(RoutingContext context, OperationRoute route, RouteTable.Match match);
  }

  /**
   * Serves a request for an operation of the gateway, or passes it to the next handler.
   *
   * @param operations all of them, by address
   */
  public static void serve(RoutingContext context, Map<String, Operation> operations) {
    ROUTES
        .match(context.request().path())
        .ifPresentOrElse(match -> choose(context, match, operations), context::next);
  }

  private static void choose(
      RoutingContext context, RouteTable.Match match, Map<String, Operation> operations) {
    var exchange = HttpExchange.of(context);
    exchange.line().route(match.template());
    AllowedMethods.choose(match.methods(), context.request())
        .ifPresent(
            route -> {
              exchange.setOperation(route.operation());
              operations.get(route.operation().address()).serve(context, route, match);
            });
  }

  /**
   * Reads the request of an operation.
   *
   * @throws ServiceException if it violates the API description
   */
  public static <Q> Q read(OperationRoute route, MultiMap headers, Class<Q> type) {
    return read(route, headers, null, type);
  }

  /** Reads the request of an operation that takes a body; see {@link #read}. */
  public static <Q> Q read(OperationRoute route, MultiMap headers, Buffer body, Class<Q> type) {
    var values = REQUEST_SCHEMAS.get(route.operation().address()).read(headers, body);
    try {
      return WireJson.mapper().treeToValue(values, type);
    } catch (JsonProcessingException e) {
      throw ServiceException.invalid("", "cannot be understood");
    }
  }
}
