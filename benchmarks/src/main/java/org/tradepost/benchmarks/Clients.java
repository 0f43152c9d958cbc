package org.tradepost.benchmarks;

import java.util.List;

/** Some clients with their connections. */
interface Clients extends AutoCloseable {
  List<? extends Client> all();

  @Override
  void close();
}
