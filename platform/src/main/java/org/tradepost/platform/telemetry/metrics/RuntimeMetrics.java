package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.File;

/** Metrics of the JVM and its machine: memory, garbage collection, threads, processors, disk. */
public final class RuntimeMetrics implements AutoCloseable {

  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * Starts to report.
   *
   * @param version the version of the software
   * @param node the name of the node
   */
  public RuntimeMetrics(Metrics metrics, String version, String node) {
    var registry = metrics.registry();
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new DiskSpaceMetrics(new File("").getAbsoluteFile()).bindTo(registry);
    metrics.info(
        "tradepost.build.info",
        "The software of the node",
        Tags.of("version", version, "java", Runtime.version().toString(), "node", node));
  }

  /** Stops listening to the garbage collector. */
  @Override
  public void close() {
    collections.close();
  }
}
