package org.tradepost.common.bus;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the calls of a node visible in traces. */
public interface CallTracing {

  /** Traces nothing, and passes on every trace context unchanged. */
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
   * Starts to trace a request that is about to be sent.
   *
   * @param attempt the number of this attempt, from 1
   * @param headers the headers of the message, in which the trace context may be replaced
   * @return is called when the request has ended, with the failure or null
   */
  Consumer<Throwable> sending(String address, int attempt, MultiMap headers);

  /**
   * Runs work of this node that earlier requests have caused.
   *
   * @param traceparents the W3C trace contexts of those requests; null for a request without one
   * @param name what the work is
   */
  <T> Future<T> causedBy(List<String> traceparents, String name, Supplier<Future<T>> work);
}
