package org.tradepost.platform.node;

import java.time.Instant;
import java.util.List;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.telemetry.metrics.NodeMetric;

/**
 * What a node reports of itself, or what is known of it while it is unresponsive.
 *
 * @param id as Vert.x names it
 * @param name as its operator named it
 * @param services what runs on it
 * @param member the address of its member port
 * @param unresponsive whether it was asked and did not answer; what follows is then not known
 * @param eventBus the address that it is reached at on the event bus
 * @param version of the software
 * @param upSince when it joined, by its own clock
 * @param upSeconds for how long it has been there, whatever its clock says
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
