package org.tradepost.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.RequestSchema;

/** The face of the gateway itself: what it answers out of what several services say. */
public final class GatewayDescription {

  public static final ApiDescription FACE = ApiDescription.load("gateway");

  public static final RouteTable ROUTES =
      new RouteTable(
          FACE.operations().values().stream()
              .map(operation -> OperationRoute.of(FACE.service(), operation))
              .toList());

  private static final Map<String, RequestSchema> CONTRACTS = RequestSchema.of(FACE);

  private GatewayDescription() {}

  /**
   * Reads the request of an operation.
   *
   * @throws ServiceException when it does not follow the face
   */
  public static <Q> Q read(OperationRoute mount, MultiMap headers, Class<Q> type) {
    var values = CONTRACTS.get(mount.operation().address()).read(headers, null);
    try {
      return WireJson.mapper().treeToValue(values, type);
    } catch (JsonProcessingException e) {
      throw ServiceException.invalid("", "cannot be understood");
    }
  }
}
