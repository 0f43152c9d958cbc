package org.tradepost.launcher.cluster;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The options of a JVM, except its class path. */
final class JvmOptions {
  private static final String OPERATOR_OPTIONS = "TRADEPOST_MEMBER_JAVA_OPTIONS";

  private static final List<String> ARCHIVE_OPTIONS =
      List.of("-XX:SharedArchiveFile=", "-Xlog:cds", "-XX:AOTCache=", "-Xlog:aot");

  private JvmOptions() {}

  /** The options of a member of the local cluster: many members share one machine. */
  static List<String> ofMember() {
    // The second compiler would take processor time from other members for minutes.
    var options =
        new ArrayList<>(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // Room for short-lived objects of many requests, which would otherwise fill the old generation.
    options.addAll(List.of("-Xmn48m", "-XX:SurvivorRatio=4"));
    options.addAll(archive());
    // Hazelcast recommends these options, and warns at each start without them.
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
    // Last, so that the operator's options take precedence.
    options.addAll(words(System.getenv(OPERATOR_OPTIONS)));
    return options;
  }

  private static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** The launcher's own class archive or AOT cache, if the script started it with one. */
  private static List<String> archive() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> ARCHIVE_OPTIONS.stream().anyMatch(option::startsWith))
        .toList();
  }
}
