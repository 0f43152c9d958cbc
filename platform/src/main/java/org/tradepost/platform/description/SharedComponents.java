package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.JsonNode;

/** What every API description may refer to ({@code openapi-shared.yaml}). Not to be changed. */
public final class SharedComponents {

  private static final JsonNode SHARED = YamlResource.read("/openapi-shared.yaml");
  private static final JsonNode ALL = SHARED.path("components");

  private SharedComponents() {}

  /** Whether there is one of the given name in a section such as {@code schemas}. */
  public static boolean contain(String section, String name) {
    return ALL.path(section).has(name);
  }

  /** All of them, by section. */
  public static JsonNode all() {
    return ALL;
  }

  /** The problems that every service may answer with, by code. */
  public static JsonNode problems() {
    return SHARED.path("x-problems");
  }
}
