package org.tradepost.gateway.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.tradepost.common.json.WireJson;

/**
 * Something to read.
 *
 * @param type its content type
 * @param plain its bytes
 * @param gzip its bytes compressed, where that pays
 * @param etag equal for equal bytes
 */
record Document(String type, Buffer plain, Optional<Buffer> gzip, String etag) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  static Document of(String type, Buffer bytes) {
    return new Document(
        type, bytes, Optional.empty(), UUID.nameUUIDFromBytes(bytes.getBytes()).toString());
  }

  static Document html(String text) {
    return of("text/html; charset=utf-8", Buffer.buffer(text));
  }

  static Document json(JsonNode content) {
    return of("application/json", WireJson.write(content));
  }

  static Document yaml(JsonNode content) {
    try {
      return of("application/yaml", Buffer.buffer(YAML.writeValueAsString(content)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, compressed as well. */
  Document compressed() {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Document(type, plain, Optional.of(Buffer.buffer(out.toByteArray())), etag);
  }
}
