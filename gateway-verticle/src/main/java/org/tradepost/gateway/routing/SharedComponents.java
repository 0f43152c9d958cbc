package org.tradepost.gateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The components that every API description may refer to, as the gateway's own version has them.
 */
public final class SharedComponents {

  private static final JsonNode SHARED = yaml("/openapi-shared.yaml");
  private static final JsonNode ALL = SHARED.path("components");

  private SharedComponents() {}

  /** Whether there is one of the given name in a section such as {@code schemas}. */
  public static boolean contain(String section, String name) {
    return ALL.path(section).has(name);
  }

  /** All of them, by section. Not to be changed. */
  public static JsonNode all() {
    return ALL;
  }

  /** The problems that every service may answer with, by code. Not to be changed. */
  public static JsonNode problems() {
    return SHARED.path("x-problems");
  }

  /** Reads a document of the class path. */
  public static JsonNode yaml(String resource) {
    try (InputStream in = SharedComponents.class.getResourceAsStream(resource)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
