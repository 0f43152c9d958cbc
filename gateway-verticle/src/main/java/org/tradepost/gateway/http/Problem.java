package org.tradepost.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.FieldError;

/** A rejection as HTTP clients see it (RFC 9457). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String requestId,
    List<FieldError> errors,
    Map<String, Object> details) {

  /** The path of the pages about error codes. */
  public static final String PATH = "/problems";

  static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(Failure failure, String requestId) {
    return new Problem(
        address(failure.code()),
        failure.title(),
        failure.status(),
        failure.code(),
        failure.detail(),
        requestId,
        failure.errors(),
        failure.details());
  }

  /** Returns the address of the page about a code. */
  public static String address(String code) {
    return PATH + "/" + code;
  }
}
