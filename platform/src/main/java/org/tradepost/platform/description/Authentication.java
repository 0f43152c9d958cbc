package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether an operation needs to know its caller, as {@code security} in its description says. */
public enum Authentication {
  /** Every caller gets the same answer, whatever token it sends ({@code []}). */
  NONE,
  /** Anonymous callers are served too; some requests need a token ({@code [{}, ..]}). */
  OPTIONAL,
  /** A valid token is needed. */
  REQUIRED;

  static Authentication read(JsonNode security) {
    if (security.isEmpty()) {
      return NONE;
    }
    for (var requirement : security) {
      if (requirement.isEmpty()) {
        return OPTIONAL;
      }
    }
    return REQUIRED;
  }
}
