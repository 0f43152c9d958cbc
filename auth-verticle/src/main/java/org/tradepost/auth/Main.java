package org.tradepost.auth;

import io.vertx.core.Deployable;
import java.util.function.Function;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceProgram;

/** Starts the auth service on its own node, or with other services on a shared node. */
public final class Main implements ServiceProgram {

  @Override
  public Function<ClusterNode, Deployable> configure(Settings settings) {
    var config = AuthConfig.from(settings);
    return node -> new AuthVerticle(node, config);
  }

  public static void main(String[] arguments) {
    ServiceMain.run("auth", new Main());
  }
}
