package org.tradepost.launcher.console;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;

/** The console in a browser, in front of a local cluster. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@Tag("system")
class ConsolePagesTest {
  @BeforeAll
  static void start() {
    ConsoleViews.start();
  }

  @AfterAll
  static void stop() {
    ConsoleViews.stop();
  }

  @Nested
  class OfLogin extends LoginViews {}

  @Nested
  class OfCluster extends ClusterViews {}

  @Nested
  class OfOrders extends OrderViews {}

  @Nested
  class OfCatalogue extends CatalogueViews {}

  @Nested
  class OfCustomers extends CustomerViews {}

  @Nested
  class OfEvents extends EventViews {}

  /** Runs last: if one of its tests fails, the cluster stays broken. */
  @Nested
  @Order(Integer.MAX_VALUE)
  class OfBreaking extends BreakPanel {}
}
