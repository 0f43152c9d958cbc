package org.tradepost.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;

/**
 * What fails in a cluster, and what operators see of it. The cluster is slow to start, so these
 * tests share one, and are one class, since classes run in several JVMs. Each nested class starts
 * the instances that it lacks.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@Tag("system")
class FailureTest {
  @BeforeAll
  static void start() {
    ClusterFailures.startCluster();
  }

  @AfterAll
  static void stop() {
    ClusterFailures.stopCluster();
  }

  @Nested
  @Order(1)
  class OfNodes extends NodeDeaths {}

  @Nested
  @Order(2)
  class OfParts extends PartialOutages {}

  @Nested
  @Order(3)
  class UnderPrometheus extends PrometheusMonitoring {}

  @Nested
  @Order(4)
  class OfRelays extends RelayTakeovers {}

  @Nested
  @Order(5)
  class OfEverything extends Turmoil {}
}
