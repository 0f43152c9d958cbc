package org.tradepost.gateway;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.UUID;
import org.tradepost.common.face.Face;
import org.tradepost.common.json.WireJson;

/**
 * The AsyncAPI document of all faces together.
 *
 * @param json as JSON
 * @param etag equal for equal documents
 */
record AsyncApiDocument(Buffer json, String etag) {

  static AsyncApiDocument of(Collection<Face> faces) {
    var json = WireJson.write(new AsyncApiMerge().merge(faces));
    return new AsyncApiDocument(json, UUID.nameUUIDFromBytes(json.getBytes()).toString());
  }
}
