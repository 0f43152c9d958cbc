package org.tradepost.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.RequestSchema;

/** The API description of the gateway itself: what it answers out of what several services say. */
public final class GatewayDescription {

  public static final ApiDescription DESCRIPTION = ApiDescription.load("gateway");

  private static final RouteTable ROUTES =
      new RouteTable(
          DESCRIPTION.operations().values().stream()
              .map(operation -> OperationRoute.of(DESCRIPTION.service(), operation))
              .toList());

  private static final Map<String, RequestSchema> REQUEST_SCHEMAS = RequestSchema.of(DESCRIPTION);

  private GatewayDescription() {}

  /**
   * Finds an operation of the gateway, of those whose paths begin alike.
   *
   * @param prefix how they begin
   * @param path as it was sent
   */
  public static Optional<RouteTable.Match> match(String prefix, String path) {
    return ROUTES
        .match(path)
        .filter(
            match ->
                match.methods().values().stream()
                    .anyMatch(route -> route.operation().path().startsWith(prefix)));
  }

  /**
   * Reads the request of an operation.
   *
   * @throws ServiceException when it does not follow the API description
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
