package org.tradepost.common.error;

/**
 * One fault of a request. Both texts are truncated, since they may repeat a part of the request.
 *
 * @param in where the field is in HTTP: {@code body}, {@code path}, {@code query} or {@code header}
 * @param pointer RFC 6901 JSON pointer to the field; a parameter or header is at the top level, by
 *     its HTTP name
 * @param detail what is wrong with it
 */
public record FieldError(String in, String pointer, String detail) {

  public static final String BODY = "body";

  private static final int MAX_LENGTH = 300;

  public FieldError {
    in = in == null ? BODY : in;
    pointer = Excerpt.of(pointer, MAX_LENGTH);
    detail = Excerpt.of(detail, MAX_LENGTH);
  }

  /** A fault of the body, or of a field whose location only the service's API description knows. */
  public FieldError(String pointer, String detail) {
    this(BODY, pointer, detail);
  }
}
