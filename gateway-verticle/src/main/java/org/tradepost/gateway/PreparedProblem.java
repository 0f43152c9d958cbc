package org.tradepost.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.tradepost.common.error.Failure;
import org.tradepost.common.json.WireJson;

/**
 * The bytes of an HTTP/1.1 answer of which everything but the id of the request is written
 * beforehand, for refusals that must cost next to nothing. Clients see no difference to what {@link
 * Problems} writes.
 */
final class PreparedProblem {

  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  private static final String ID = "{id}";
  private static final String LENGTH = "{length}";

  private final byte[] beforeIdInHead;
  private final byte[] beforeLength;
  private final byte[] beforeIdInBody;
  private final byte[] rest;
  private final int lengthWithoutId;

  private PreparedProblem(String head, String body) {
    var idInHead = head.indexOf(ID);
    var length = head.indexOf(LENGTH);
    var idInBody = body.indexOf(ID);
    this.beforeIdInHead = bytes(head.substring(0, idInHead));
    this.beforeLength = bytes(head.substring(idInHead + ID.length(), length));
    this.beforeIdInBody =
        bytes(head.substring(length + LENGTH.length()) + body.substring(0, idInBody));
    this.rest = bytes(body.substring(idInBody + ID.length()));
    this.lengthWithoutId = bytes(body).length - ID.length();
  }

  /** Prepares the answer to a failure that says when to come again. */
  static PreparedProblem of(Failure failure) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    Exchange.describe(headers, ID);
    headers
        .add(RETRY_AFTER, failure.retryAfter().toString())
        .add(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .add(HttpHeaders.CONTENT_LENGTH, LENGTH);
    var head = new StringBuilder("HTTP/1.1 ");
    head.append(HttpResponseStatus.valueOf(failure.status())).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return new PreparedProblem(
        head.append("\r\n").toString(), WireJson.write(Problem.of(failure, ID)).toString());
  }

  /** The answer to the request of this id, which is ASCII. */
  ByteBuf answer(String id, ByteBufAllocator allocator) {
    return allocator
        .ioBuffer()
        .writeBytes(beforeIdInHead)
        .writeBytes(bytes(id))
        .writeBytes(beforeLength)
        .writeBytes(bytes(Integer.toString(lengthWithoutId + id.length())))
        .writeBytes(beforeIdInBody)
        .writeBytes(bytes(id))
        .writeBytes(rest);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
