package org.tradepost.common.bus;

/**
 * Something that a service does on request: its address, and the types of its request and reply.
 *
 * @param address the event bus address, {@code <service>.v<n>.<verb>}; a breaking change gets a new
 *     one
 * @param request the record that the request maps to
 * @param reply the record that the reply maps to
 * @param internal whether only services may call it, with a service token; no HTTP request reaches
 *     it
 */
public record Operation<Q, R>(String address, Class<Q> request, Class<R> reply, boolean internal) {

  /** Creates an operation of the REST API, called with users' tokens. */
  public static <Q, R> Operation<Q, R> open(String address, Class<Q> request, Class<R> reply) {
    return new Operation<>(address, request, reply, false);
  }

  /** Creates an operation between services, called with service tokens. */
  public static <Q, R> Operation<Q, R> internal(String address, Class<Q> request, Class<R> reply) {
    return new Operation<>(address, request, reply, true);
  }

  /** The name of the service that offers the operation. */
  public String service() {
    return address.substring(0, address.indexOf('.'));
  }
}
