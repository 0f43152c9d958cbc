package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import org.tradepost.benchmarks.measure.Load;

/** How clients are made to ask: {@link ClosedLoop} or {@link OpenLoop}. */
@FunctionalInterface
interface Loop {
  Load run(List<? extends Client> clients, Duration time);
}
