package org.tradepost.gateway.asyncapi;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.UUID;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;

/**
 * The AsyncAPI document of all API descriptions together.
 *
 * @param json as JSON
 * @param etag equal for equal documents
 */
public record AsyncApiDocument(Buffer json, String etag) {

  public static AsyncApiDocument of(Collection<ApiDescription> descriptions) {
    var json = WireJson.write(new AsyncApiMerge().merge(descriptions));
    return new AsyncApiDocument(json, UUID.nameUUIDFromBytes(json.getBytes()).toString());
  }
}
