package org.tradepost.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Locale;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;

/**
 * JSON as Tradepost writes and reads it: records, camelCase, RFC 3339 times, no nulls.
 *
 * <p>Unknown fields are ignored here. Where they must be rejected, the schema in the API
 * description does so.
 */
public final class WireJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new JavaTimeModule()
                  .addDeserializer(Instant.class, new InstantReader())
                  .addSerializer(Instant.class, new InstantWriter()))
          .nodeFactory(new ExactNumbers())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private WireJson() {}

  /** The mapper itself, for streaming and for binding trees. It is shared: never configure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Writes a value as UTF-8 bytes. */
  public static Buffer write(Object value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String writeText(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what another service wrote.
   *
   * @throws UncheckedIOException if it does not fit the type
   */
  public static <T> T read(Buffer bytes, Class<T> type) {
    try {
      return read(Utf8.decode(bytes.getBytes()), type);
    } catch (CharacterCodingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** See {@link #read(Buffer, Class)}. */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException tooLarge) {
      throw new UncheckedIOException(new IOException(tooLarge));
    }
  }

  /**
   * Parses what a client sent.
   *
   * @throws ServiceException {@code MALFORMED_JSON}, with line and column of a syntax error
   */
  public static JsonNode parse(Buffer bytes) {
    try {
      return MAPPER.readTree(Utf8.decode(bytes.getBytes()));
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8");
    } catch (StreamConstraintsException | NumberFormatException e) {
      throw malformed("The body is nested too deeply, or a number or name in it is too long");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw malformed(
          at == null
              ? CommonError.MALFORMED_JSON.title()
              : String.format(
                  Locale.ROOT,
                  "The body is not well-formed JSON at line %d, column %d",
                  at.getLineNr(),
                  at.getColumnNr()));
    }
  }

  private static ServiceException malformed(String detail) {
    return new ServiceException(CommonError.MALFORMED_JSON, detail, new FieldError("", detail));
  }
}
