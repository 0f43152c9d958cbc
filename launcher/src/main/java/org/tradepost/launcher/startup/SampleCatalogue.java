package org.tradepost.launcher.startup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The products that a new Tradepost starts with, each as the body of {@code POST /v1/products}. */
public final class SampleCatalogue {
  private SampleCatalogue() {}

  /** All products, in the order in which to create them. */
  public static List<JsonNode> products() {
    try (var json = SampleCatalogue.class.getResourceAsStream("sample-catalogue.json")) {
      var products = new ArrayList<JsonNode>();
      new ObjectMapper().readTree(json).forEach(products::add);
      return products;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
