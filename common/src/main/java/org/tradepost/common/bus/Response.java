package org.tradepost.common.bus;

import java.util.Map;

/**
 * A reply with the headers of the REST response, such as {@code ETag} or {@code Location}.
 *
 * @param body what the operation replies
 * @param headers the headers, by their HTTP names in lower case
 */
public record Response<R>(R body, Map<String, String> headers) {
  public static <R> Response<R> of(R body) {
    return new Response<>(body, Map.of());
  }
}
