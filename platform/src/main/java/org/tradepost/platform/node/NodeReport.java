package org.tradepost.platform.node;

import java.time.Instant;
import java.util.List;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.telemetry.metrics.NodeMetric;

/**
 * What a node reports about itself, or what is known about it while it is unresponsive.
 *
 * @param id the id that Vert.x gave it
 * @param name the name that its operator gave it
 * @param services the services that run on it
 * @param member the address of its member port
 * @param unresponsive whether it did not reply; everything below is then unknown
 * @param eventBus its address on the event bus
 * @param version the version of the software
 * @param upSince when it joined, by its own clock
 * @param upSeconds how long ago it joined, independent of its clock
 * @param metrics the metrics of its parts
 */
record NodeReport(
    String id,
    String name,
    List<String> services,
    String member,
    boolean unresponsive,
    String eventBus,
    String version,
    Instant upSince,
    Long upSeconds,
    List<NodeMetric> metrics) {

  static NodeReport unresponsive(Members.Known node) {
    return new NodeReport(
        node.id(),
        node.name(),
        node.services(),
        node.member(),
        true,
        null,
        null,
        null,
        null,
        List.of());
  }
}
