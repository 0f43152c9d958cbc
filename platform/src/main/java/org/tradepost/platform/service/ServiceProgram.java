package org.tradepost.platform.service;

import io.vertx.core.Deployable;
import java.util.function.Function;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;

/** A service that can be started: alone in a JVM, or beside others on one node. */
@FunctionalInterface
public interface ServiceProgram {

  /**
   * Validates the service's own settings, before anything is started.
   *
   * @return a function that creates the service's verticle
   * @throws Settings.WrongSetting naming the first setting that is missing or wrong
   */
  Function<ClusterNode, Deployable> configure(Settings settings);
}
