package org.tradepost.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.tradepost.common.json.WireJson;

/**
 * A document that is served from memory.
 *
 * @param type its content type
 * @param plain its bytes
 * @param gzip its compressed bytes, if worthwhile
 * @param etag equal for equal bytes
 */
public record Document(String type, Buffer plain, Optional<Buffer> gzip, String etag) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  public static Document of(String type, Buffer bytes) {
    return new Document(
        type, bytes, Optional.empty(), UUID.nameUUIDFromBytes(bytes.getBytes()).toString());
  }

  public static Document html(String text) {
    return of("text/html; charset=utf-8", Buffer.buffer(text));
  }

  public static Document json(JsonNode content) {
    return of("application/json", WireJson.write(content));
  }

  public static Document yaml(JsonNode content) {
    try {
      return of("application/yaml", Buffer.buffer(YAML.writeValueAsString(content)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the same document with compressed bytes added. */
  public Document compressed() {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Document(type, plain, Optional.of(Buffer.buffer(out.toByteArray())), etag);
  }

  /** Sends the document in the form that the client prefers, or 304 if the client has it. */
  public void send(RoutingContext context, String cacheControl) {
    var response = context.response().putHeader(HttpHeaders.CACHE_CONTROL, cacheControl);
    var accepted = context.request().headers().getAll(HttpHeaders.ACCEPT_ENCODING);
    var sent = gzip.filter(bytes -> new AcceptedCodings(accepted).preferGzip());
    if (gzip.isPresent()) {
      response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
    }
    if (sent.isPresent()) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    ResponseWriter.writeDocument(
        context,
        type,
        "\"%s%s\"".formatted(etag, sent.isPresent() ? "-compressed" : ""),
        sent.orElse(plain));
  }
}
