package org.tradepost.common.error;

/**
 * A way in which a request can be refused, over REST and over the bus alike. Each service has an
 * enum of its own, beside {@link CommonError}, and tells of it under {@code x-problems} of its API
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
