package org.tradepost.gateway.asyncapi;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.UUID;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;

/**
 * The AsyncAPI document of all faces together.
 *
 * @param json as JSON
 * @param etag equal for equal documents
 */
public record AsyncApiDocument(Buffer json, String etag) {

  public static AsyncApiDocument of(Collection<ApiDescription> faces) {
    var json = WireJson.write(new AsyncApiMerge().merge(faces));
    return new AsyncApiDocument(json, UUID.nameUUIDFromBytes(json.getBytes()).toString());
  }
}
