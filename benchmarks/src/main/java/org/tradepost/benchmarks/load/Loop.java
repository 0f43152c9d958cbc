package org.tradepost.benchmarks.load;

import java.time.Duration;
import java.util.List;
import org.tradepost.benchmarks.measure.LoadResult;

/** How clients send requests: {@link ClosedLoop} or {@link OpenLoop}. */
@FunctionalInterface
interface Loop {
  LoadResult run(List<? extends Client> clients, Duration time);
}
