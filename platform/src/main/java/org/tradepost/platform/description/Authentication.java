package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether an operation looks at who asks, as {@code security} of its description says. */
public enum Authentication {
  /** Everybody gets the same answer, whatever token they send ({@code []}). */
  NONE,
  /** A stranger is served too; some of what can be asked for needs a token ({@code [{}, ..]}). */
  OPTIONAL,
  /** A good token is needed. */
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
