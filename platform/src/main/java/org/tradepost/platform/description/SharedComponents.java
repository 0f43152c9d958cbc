package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;

/** Components that every API description may refer to ({@code openapi-shared.yaml}). Read-only. */
public final class SharedComponents {

  private static final JsonNode SHARED = YamlResource.read("/openapi-shared.yaml");
  private static final JsonNode ALL = SHARED.path("components");

  private SharedComponents() {}

  /** Whether a section such as {@code schemas} has a component with the given name. */
  public static boolean contain(String section, String name) {
    return ALL.path(section).has(name);
  }

  /** All components, by section. */
  public static JsonNode all() {
    return ALL;
  }

  /** The problems that every service may answer with, by code. */
  public static JsonNode problems() {
    return SHARED.path("x-problems");
  }
}
