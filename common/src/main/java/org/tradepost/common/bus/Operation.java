package org.tradepost.common.bus;

/**
 * Something a service does for others: where to send the request, and what goes there and back.
 *
 * @param address the event bus address, {@code <service>.v<n>.<verb>}; a breaking change gets a new
 *     one
 * @param request the record that the request maps to
 * @param reply the record that the reply maps to
 * @param internal whether services alone may call it, with a service token; no HTTP request reaches
 *     it
 */
public record Operation<Q, R>(String address, Class<Q> request, Class<R> reply, boolean internal) {

  /** An operation of the REST API, for users' tokens. */
  public static <Q, R> Operation<Q, R> open(String address, Class<Q> request, Class<R> reply) {
    return new Operation<>(address, request, reply, false);
  }

  /** An operation among services, for service tokens. */
  public static <Q, R> Operation<Q, R> internal(String address, Class<Q> request, Class<R> reply) {
    return new Operation<>(address, request, reply, true);
  }

  /** The name of the service that offers it. */
  public String service() {
    return address.substring(0, address.indexOf('.'));
  }
}
