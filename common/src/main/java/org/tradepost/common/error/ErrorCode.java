package org.tradepost.common.error;

/**
 * A way in which a request can be rejected, over REST as well as over the bus. Each service has its
 * own enum besides {@link CommonError}, and lists its codes under {@code x-problems} in its API
 * description. Codes are only ever added.
 */
public interface ErrorCode {

  /** The stable {@code code} that clients see. */
  String name();

  /** The HTTP status, 400 to 599. */
  int status();

  /** One sentence, without a full stop, that is the same for every occurrence. */
  String title();
}
