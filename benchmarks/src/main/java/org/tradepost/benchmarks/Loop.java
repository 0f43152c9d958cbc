package org.tradepost.benchmarks;

import java.time.Duration;
import java.util.List;

/** How clients are made to ask: {@link ClosedLoop} or {@link OpenLoop}. */
@FunctionalInterface
interface Loop {
  Load run(List<? extends Client> clients, Duration time);
}
