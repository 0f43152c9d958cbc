package org.tradepost.launcher.logs;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tradepost.launcher.logs.LogRecord.Ids;

/**
 * Selects the records that have every requested id. A record without an order counts as one about
 * the requested order if an earlier record of the same request names that order.
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
