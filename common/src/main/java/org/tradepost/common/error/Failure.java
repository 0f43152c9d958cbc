package org.tradepost.common.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A rejection as it travels over the bus.
 *
 * @param code the name of an {@link ErrorCode}; a string, so that an older reader passes on a newer
 *     service's code
 * @param status the HTTP status that belongs to the code
 * @param title the code's own sentence
 * @param detail what happened this time
 * @param errors the faults of the request, field by field
 * @param details named facts that a program can use, such as what is left in stock
 * @param retryAfter seconds after which another attempt makes sense, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Failure(
    String code,
    int status,
    String title,
    String detail,
    List<FieldError> errors,
    Map<String, Object> details,
    Integer retryAfter) {

  Failure withErrors(List<FieldError> others) {
    return new Failure(code, status, title, detail, others, details, retryAfter);
  }
}
