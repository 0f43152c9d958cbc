package org.tradepost.gateway;

import io.vertx.core.Future;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestService;

/** A service that returns its name and version at every path of its API description. */
public final class DescribedService extends TestService {

  record Saying(String name, String version) {}

  public DescribedService(ClusterNode node, ApiDescription description) {
    super(new Service(node, description));
    for (var address : description.operations().keySet()) {
      service.serve(
          Operation.open(address, Empty.class, Saying.class),
          (request, call) ->
              Future.succeededFuture(new Saying(description.service(), description.version())));
    }
  }
}
