package org.tradepost.benchmarks.load;

import java.util.List;

/** Some clients with their connections. */
public interface Clients extends AutoCloseable {
  List<? extends Client> all();

  @Override
  void close();
}
