package org.tradepost.launcher.logs;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tradepost.launcher.logs.LogRecord.Ids;

/**
 * Which records are wanted: those that have every id that was asked for. A record that names no
 * order counts as one about the order if its request was seen to be about it before.
 */
final class LogFilter implements Predicate<LogRecord> {
  private final Optional<String> request;
  private final Optional<String> trace;
  private final Optional<String> order;
  private final Set<String> requestsOfOrder = new HashSet<>();

  LogFilter(Optional<String> request, Optional<String> trace, Optional<String> order) {
    this.request = request;
    this.trace = trace;
    this.order = order;
  }

  @Override
  public boolean test(LogRecord log) {
    var ids = log.ids();
    return request.map(ids.request()::equals).orElse(true)
        && trace.map(ids.trace()::equals).orElse(true)
        && order.map(asked -> isAbout(asked, ids)).orElse(true);
  }

  private boolean isAbout(String asked, Ids ids) {
    if (ids.order().equals(asked)) {
      requestsOfOrder.add(ids.request());
      return true;
    }
    return ids.order().isEmpty()
        && !ids.request().isEmpty()
        && requestsOfOrder.contains(ids.request());
  }
}
