package org.tradepost.gateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;

/**
 * The API description of a service, with the place in the order in which services were first seen.
 *
 * @param face the description
 * @param order the smaller came first, and has the paths that two services want
 */
record PublishedDescription(ApiDescription face, long order) {

  /** Who came first; of two that came at the same time the first by name. */
  static final Comparator<PublishedDescription> FIRST =
      Comparator.comparingLong(PublishedDescription::order)
          .thenComparing(published -> published.face().service());

  private record Stored(long order, JsonNode face) {}

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws RuntimeException when it is nothing of the kind
   */
  static PublishedDescription read(String text) {
    var stored = WireJson.read(text, Stored.class);
    return new PublishedDescription(
        ApiDescription.read(WireJson.write(stored.face())), stored.order());
  }

  /** As JSON, for the map that all gateways share. */
  String text() {
    return WireJson.writeText(new Stored(order, face.document()));
  }

  /** Compares versions number by number; what is no version comes before all. */
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
