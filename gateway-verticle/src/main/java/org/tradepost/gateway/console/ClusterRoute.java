package org.tradepost.gateway.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.overload.ClientLimits;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;
import org.tradepost.platform.node.ClusterNode;

/**
 * {@code GET /v1/cluster}: the state of the cluster, for administrators. All nodes are asked, at
 * most twice a second, however many clients there are.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class ClusterRoute {

  /** A client that polls every second sees within two seconds that a node does not reply. */
  private static final long TIMEOUT_MILLIS = 900;

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ClusterNode node;
  private final Admission admission;
  private final ConsoleConfig config;
  private final ClientLimits clientLimits = new ClientLimits();
  private Future<Buffer> reading;
  private long readAt;

  public ClusterRoute(ClusterNode node, Admission admission, ConsoleConfig config) {
    this.node = node;
    this.admission = admission;
    this.config = config;
  }

  /** Responds with the state of the cluster. */
  public void serve(RoutingContext context, OperationRoute route, RouteTable.Match match) {
    admission
        .admit(context, route, match)
        .compose(
            admitted -> {
              var slot = clientLimits.take(route, admitted.client());
              return CallerContext.runOnCaller(context.vertx(), read())
                  .onComplete(read -> slot.giveBack());
            })
        .onSuccess(state -> ResponseWriter.write(context, route.operation(), Map.of(), state))
        .onFailure(context::fail);
  }

  private synchronized Future<Buffer> read() {
    if (reading == null || (reading.isComplete() && System.nanoTime() - readAt > FRESH_NANOS)) {
      readAt = System.nanoTime();
      reading = node.topology(TIMEOUT_MILLIS).map(this::state);
    }
    return reading;
  }

  private Buffer state(ObjectNode topology) {
    config.traceUrl().ifPresent(url -> topology.put("traceUrl", url));
    config.controlSocket().ifPresent(socket -> topology.put("supervised", true));
    return WireJson.write(topology);
  }
}
