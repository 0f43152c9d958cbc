package org.tradepost.gateway;

import io.vertx.core.Deployable;
import java.util.function.Function;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceProgram;

/** Starts the gateway on its own node, or on one node together with other services. */
public final class Main implements ServiceProgram {

  @Override
  public Function<ClusterNode, Deployable> configure(Settings settings) {
    var config = GatewayConfig.from(settings);
    return node -> new GatewayVerticle(node, config);
  }

  public static void main(String[] arguments) {
    ServiceMain.run("gateway", new Main());
  }
}
