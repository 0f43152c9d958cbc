package org.tradepost.platform.description;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads YAML documents from the class path. */
public final class YamlResource {

  private static final YAMLMapper YAML = new YAMLMapper();

  private YamlResource() {}

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static ObjectNode read(String name) {
    try (InputStream in = YamlResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + name + " on the class path");
      }
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
