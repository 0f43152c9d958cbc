package org.tradepost.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.tradepost.common.error.Failure;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.connection.HttpDate;

/**
 * The bytes of an HTTP/1.1 response, prepared except for the request id and the date, for
 * rejections that must cost next to nothing. It equals what {@link Problems} writes, without the
 * header fields that depend on more of the request: {@code RateLimit}, {@code RateLimit-Policy} and
 * {@code Idempotency-Key}.
 */
public final class PreparedProblem {

  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  private static final String ID = "{id}";
  private static final String LENGTH = "{length}";
  private static final String DATE = "{date}";
  private static final Pattern PLACES = Pattern.compile("\\{(?:id|length|date)}");

  private final List<byte[]> pieces;
  private final int lengthWithoutId;

  private PreparedProblem(String head, String body) {
    this.pieces = PLACES.splitAsStream(head + body).map(PreparedProblem::bytes).toList();
    this.lengthWithoutId = bytes(body).length - ID.length();
  }

  /** Prepares the response to a failure that has a retry delay. */
  public static PreparedProblem of(Failure failure) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    HttpExchange.describe(headers, ID);
    headers
        .add(RETRY_AFTER, failure.retryAfter().toString())
        .add(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .add(HttpHeaders.CONTENT_LENGTH, LENGTH)
        .add(HttpHeaders.DATE, DATE);
    var head = new StringBuilder("HTTP/1.1 ");
    head.append(HttpResponseStatus.valueOf(failure.status())).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return new PreparedProblem(
        head.append("\r\n").toString(), WireJson.write(Problem.of(failure, ID)).toString());
  }

  /** Returns the response to the request with this id, which must be ASCII. */
  public ByteBuf answer(String id, ByteBufAllocator allocator) {
    var values = List.of(id, Integer.toString(bodyBytes(id)), HttpDate.now(), id).iterator();
    var answer = allocator.ioBuffer();
    for (var piece : pieces) {
      answer.writeBytes(piece);
      if (values.hasNext()) {
        answer.writeBytes(bytes(values.next()));
      }
    }
    return answer;
  }

  /** Returns the length of the body of that response, in bytes. */
  public int bodyBytes(String id) {
    return lengthWithoutId + id.length();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
