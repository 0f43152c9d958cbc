package org.tradepost.common.bus;

import java.util.Map;

/**
 * A reply with header fields of the REST API beside it, such as {@code ETag} or {@code Location}.
 *
 * @param body what the operation replies
 * @param headers header fields, by their HTTP names in lower case
 */
public record Response<R>(R body, Map<String, String> headers) {
  public static <R> Response<R> of(R body) {
    return new Response<>(body, Map.of());
  }
}
