package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;

/** How the gateway gets the API description of a service. */
public final class DescriptionQuery {

  private DescriptionQuery() {}

  /** The operation by which the named service returns its API description. */
  public static Operation<Empty, JsonNode> of(String service) {
    return Operation.internal(service + ".description", Empty.class, JsonNode.class);
  }
}
