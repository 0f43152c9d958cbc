package org.tradepost.gateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Instance;
import org.tradepost.platform.description.ApiDescription;

/**
 * The API description of a service, with its place in the order in which services were first seen.
 *
 * @param description the description
 * @param order a smaller one came first, and owns the paths that two services want
 */
record PublishedDescription(ApiDescription description, long order) {

  /** By the order in which services were first seen, then by name. */
  static final Comparator<PublishedDescription> FIRST =
      Comparator.comparingLong(PublishedDescription::order)
          .thenComparing(published -> published.description().service());

  private record Stored(long order, JsonNode description) {}

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws RuntimeException if the text is malformed
   */
  static PublishedDescription read(String text) {
    var stored = WireJson.read(text, Stored.class);
    return new PublishedDescription(
        ApiDescription.read(WireJson.write(stored.description())), stored.order());
  }

  /** Whether an instance has this description. */
  boolean isOf(Instance instance) {
    return instance.descriptionHash().equals(description.hash());
  }

  /** Returns this as JSON, for the map that all gateways share. */
  String text() {
    return WireJson.writeText(new Stored(order, description.document()));
  }

  /** Compares versions number by number; an invalid version comes before all others. */
  static int compareVersions(String one, String other) {
    var first = parse(one);
    var second = parse(other);
    if (first == null || second == null) {
      return Boolean.compare(first != null, second != null);
    }
    return first.compareTo(second);
  }

  private static ModuleDescriptor.Version parse(String version) {
    try {
      return ModuleDescriptor.Version.parse(version);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
