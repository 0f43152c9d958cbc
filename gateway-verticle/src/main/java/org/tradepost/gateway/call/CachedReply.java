package org.tradepost.gateway.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tradepost.platform.description.OperationDescription;

/**
 * A reply of a service, with only the header fields that its API description names.
 *
 * @param body the bytes
 * @param headers the header fields, by their names in lower case
 * @param askedAt when it was requested, by {@link System#nanoTime}: its content may be that old
 */
record CachedReply(Buffer body, Map<String, String> headers, long askedAt) {

  private static final int OVERHEAD_BYTES = 512;

  static CachedReply of(OperationDescription operation, Message<Buffer> message, long askedAt) {
    var headers = new HashMap<String, String>();
    for (var name : operation.responseHeaders()) {
      var value = message.headers().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new CachedReply(message.body(), headers, askedAt);
  }

  long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedAt);
  }

  /** Returns its approximate size in memory, in bytes. */
  int weight() {
    return body.length() + OVERHEAD_BYTES;
  }
}
