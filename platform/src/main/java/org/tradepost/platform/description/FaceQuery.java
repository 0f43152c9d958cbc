package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.bus.Operation;

/** How the gateway asks a service for its REST face. */
public final class FaceQuery {

  private FaceQuery() {}

  /** The operation by which the named service gives its face. */
  public static Operation<Nothing, JsonNode> of(String service) {
    return Operation.internal(service + ".face", Nothing.class, JsonNode.class);
  }
}
