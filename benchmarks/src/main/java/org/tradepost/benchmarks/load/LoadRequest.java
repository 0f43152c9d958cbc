package org.tradepost.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.tradepost.proof.rest.RestRequest;

/** An HTTP request, and the check of its response. */
public final class LoadRequest {
  private final byte[] bytes;
  private final Check check;

  private LoadRequest(byte[] bytes, Check check) {
    this.bytes = bytes;
    this.check = check;
  }

  /** Says what is wrong with a response. */
  @FunctionalInterface
  public interface Check {
    Optional<String> fault(int status, byte[] body);
  }

  /** Makes one request per call. */
  @FunctionalInterface
  public interface Source {
    LoadRequest next();
  }

  public static LoadRequest of(RestRequest request, Check check) {
    var text = new StringBuilder(400);
    text.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    text.append("host: localhost\r\n");
    request
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (!request.content().isEmpty()) {
      text.append("content-type: application/json\r\ncontent-length: ")
          .append(request.content().getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    text.append("\r\n").append(request.content());
    return new LoadRequest(text.toString().getBytes(StandardCharsets.UTF_8), check);
  }

  /** Returns the same request, which also counts the responses with such a fault. */
  public LoadRequest counting(Predicate<String> such, LongAdder count) {
    return new LoadRequest(
        bytes,
        (status, body) -> {
          var fault = check.fault(status, body);
          fault.filter(such).ifPresent(one -> count.increment());
          return fault;
        });
  }

  /** The whole request; must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  Check check() {
    return check;
  }

  /** Accepts a response with that status whose body contains all parts. */
  public static Check has(int expected, String... parts) {
    return (status, body) -> {
      var text = new String(body, StandardCharsets.UTF_8);
      var correct = status == expected && Arrays.stream(parts).allMatch(text::contains);
      return correct ? Optional.empty() : Optional.of(status + " " + text);
    };
  }

  /** Accepts a response with status 200 and exactly these bytes. */
  public static Check is(byte[] expected) {
    return (status, body) ->
        status == 200 && Arrays.equals(expected, body)
            ? Optional.empty()
            : Optional.of(status + " " + new String(body, StandardCharsets.UTF_8));
  }
}
