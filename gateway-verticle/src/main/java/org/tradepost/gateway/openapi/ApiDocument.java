package org.tradepost.gateway.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.ApiDescription;

/**
 * The OpenAPI document of all API descriptions together, in both of its notations.
 *
 * @param json as JSON
 * @param yaml as YAML
 * @param etag equal for equal documents
 */
public record ApiDocument(Buffer json, Buffer yaml, String etag) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /** Merges the API descriptions of the services and the gateway's own. */
  public static ApiDocument of(Collection<ApiDescription> descriptions) {
    var all = new ArrayList<>(descriptions);
    all.add(GatewayDescription.DESCRIPTION);
    var merged = new OpenApiMerge().merge(all);
    var json = WireJson.write(merged);
    try {
      var yaml = Buffer.buffer(YAML.writeValueAsString(merged));
      return new ApiDocument(json, yaml, UUID.nameUUIDFromBytes(json.getBytes()).toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
