package org.tradepost.launcher;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What a JVM is told before its class path. */
final class JvmOptions {
  private JvmOptions() {}

  /** The options of a member of the local cluster: many of them share one machine. */
  static List<String> ofMember() {
    List<String> options = new ArrayList<>();
    // The second compiler would take the processors from the others for minutes.
    options.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    options.addAll(archive());
    // What Hazelcast asks for; without it, it warns at each start.
    options.addAll(
        List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 24) {
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }

  /** The launcher's own archive of classes, if the script started it from one. */
  private static List<String> archive() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option -> option.startsWith("-XX:SharedArchiveFile=") || option.startsWith("-Xlog:cds"))
        .toList();
  }
}
