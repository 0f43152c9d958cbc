package org.tradepost.common.bus;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What makes the calls of a node visible in traces. */
public interface CallTracing {

  /** Makes nothing visible, and passes on every trace context as it came. */
  CallTracing OFF =
      new CallTracing() {
        @Override
        public Consumer<Throwable> sending(String address, int attempt, MultiMap headers) {
          return ended -> {};
        }

        @Override
        public <T> Future<T> causedBy(
            List<String> traceparents, String name, Supplier<Future<T>> work) {
          return work.get();
        }
      };

  /**
   * A request is about to be sent.
   *
   * @param attempt how many times it has been sent with this one
   * @param headers its header fields, which may be given another trace context
   * @return to be called at the end, with the failure or null
   */
  Consumer<Throwable> sending(String address, int attempt, MultiMap headers);

  /**
   * Does work of this node that earlier requests have caused.
   *
   * @param traceparents the W3C trace contexts of those requests; null for one without
   * @param name what the work is
   */
  <T> Future<T> causedBy(List<String> traceparents, String name, Supplier<Future<T>> work);
}
