package org.tradepost.order;

import io.vertx.core.Deployable;
import java.util.function.Function;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceProgram;

/** Starts the order service as a node of its own, or beside others on one node. */
public final class Main implements ServiceProgram {

  @Override
  public Function<ClusterNode, Deployable> configure(Settings settings) {
    var config = OrderConfig.from(settings);
    return node -> new OrderVerticle(node, config);
  }

  public static void main(String[] arguments) {
    ServiceMain.run("order", new Main());
  }
}
