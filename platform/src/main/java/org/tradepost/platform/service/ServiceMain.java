package org.tradepost.platform.service;

import io.vertx.core.Deployable;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.logging.Logging;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** Starts one service as a node, and stops it in order when the JVM is told to exit. */
public final class ServiceMain {

  private static final Logger log = LoggerFactory.getLogger(ServiceMain.class);
  private static final int STOP_TIMEOUT_SECONDS = 30;

  private ServiceMain() {}

  /**
   * Reads the settings, joins the cluster and deploys the verticle. A failure is logged in one
   * line, and the JVM exits with status 1.
   *
   * @param name the service's name
   * @param read reads and validates the service's own settings, before anything is started
   * @param verticle creates the service's verticle
   */
  public static <C> void run(
      String name, Function<Settings, C> read, BiFunction<ClusterNode, C, Deployable> verticle) {
    run(
        name,
        settings -> {
          var config = read.apply(settings);
          return node -> verticle.apply(node, config);
        });
  }

  /** See {@link #run(String, Function, BiFunction)}. */
  public static void run(String name, ServiceProgram program) {
    // For messages and logs, including those of libraries, whatever the machine's locale.
    Locale.setDefault(Locale.ENGLISH);
    Loopback.prepare();
    NodeConfig nodeConfig;
    Function<ClusterNode, Deployable> verticle;
    Tracing tracing;
    try {
      var settings = Settings.fromEnvironment();
      nodeConfig = NodeConfig.from(settings, name);
      Logging.start(name, nodeConfig.name(), settings);
      verticle = program.configure(settings);
      tracing = Tracing.from(settings, nodeConfig.name(), name);
    } catch (Settings.WrongSetting wrong) {
      exit(name, wrong);
      return;
    }
    ClusterNode.start(nodeConfig, tracing)
        .compose(
            node -> {
              log.info("{} joined the cluster {} ms after its JVM began", name, millisOfJvm());
              Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "shutdown"));
              // Reading the API description takes a while and must not block an event loop.
              return node.vertx()
                  .executeBlocking(() -> verticle.apply(node))
                  .compose(node::deploy)
                  .map(node);
            })
        .onSuccess(
            node ->
                log.info(
                    "{} is ready {} ms after its JVM began; health at port {}",
                    name,
                    millisOfJvm(),
                    node.health().port()))
        .onFailure(
            failure -> {
              if (isJvmEnding()) {
                log.info("{} was stopped while it started", name);
                log.debug("the start was interrupted by", failure);
              } else {
                exit(name, failure);
              }
            });
  }

  private static long millisOfJvm() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  /** Only a JVM that is exiting refuses to remove a hook that it does not have. */
  private static boolean isJvmEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private static void exit(String name, Throwable failure) {
    log.error(
        "{} cannot start: {}",
        name,
        String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    log.debug("the cause is", failure);
    // On a separate thread: the shutdown hook waits for the event loop that may have called.
    new Thread(() -> System.exit(1), "exit").start();
  }

  private static void stop(ClusterNode node) {
    var stopped = new CountDownLatch(1);
    node.stop().onComplete(done -> stopped.countDown());
    try {
      if (!stopped.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        log.warn("not everything was finished within {} seconds", STOP_TIMEOUT_SECONDS);
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
