package org.tradepost.product;

import io.vertx.core.Deployable;
import java.util.function.Function;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceProgram;

/** Starts the product service on its own node, or with other services on a shared node. */
public final class Main implements ServiceProgram {

  @Override
  public Function<ClusterNode, Deployable> configure(Settings settings) {
    var config = ProductConfig.from(settings);
    return node -> new ProductVerticle(node, config);
  }

  public static void main(String[] arguments) {
    ServiceMain.run("product", new Main());
  }
}
