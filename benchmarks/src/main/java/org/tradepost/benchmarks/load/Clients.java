package org.tradepost.benchmarks.load;

import java.util.List;

/** Several clients and their connections. */
public interface Clients extends AutoCloseable {
  List<? extends Client> all();

  @Override
  void close();
}
