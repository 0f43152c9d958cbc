package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;

/**
 * A service that comes and goes, and says its name and version at every path of its API
 * description.
 */
public final class DescribedService extends VerticleBase {

  record Saying(String name, String version) {}

  private final Service service;

  public DescribedService(ClusterNode node, ApiDescription description) {
    service = new Service(node, description);
    for (var address : description.operations().keySet()) {
      service.serve(
          Operation.open(address, Empty.class, Saying.class),
          (request, call) ->
              Future.succeededFuture(new Saying(description.service(), description.version())));
    }
  }

  @Override
  public Future<?> start() {
    return service.start();
  }

  @Override
  public Future<?> stop() {
    return service.stop();
  }
}
