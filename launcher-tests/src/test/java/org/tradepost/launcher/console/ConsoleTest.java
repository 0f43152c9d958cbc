package org.tradepost.launcher.console;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The console in a browser, in front of a local cluster. */
class ConsoleTest {
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

  @Nested
  class OfBreaking extends BreakPanel {}
}
