package org.tradepost.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.module.ModuleDescriptor;
import org.tradepost.common.face.Face;
import org.tradepost.common.json.WireJson;

/**
 * The face of a service as it was published.
 *
 * @param face the face
 * @param publishedAt when an instance published it, milliseconds since the epoch
 * @param since when the service was first seen; it decides who had a path first
 */
record PublishedFace(Face face, long publishedAt, long since) {

  private record Stored(long publishedAt, long since, JsonNode face) {}

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws RuntimeException when it is nothing of the kind
   */
  static PublishedFace read(String text) {
    var stored = WireJson.read(text, Stored.class);
    return new PublishedFace(
        Face.read(WireJson.write(stored.face())), stored.publishedAt(), stored.since());
  }

  /** As JSON, for the map that all gateways share. */
  String text() {
    return WireJson.writeText(new Stored(publishedAt, since, face.document()));
  }

  /**
   * Whether a publication takes this one's place: a higher version does, or a newer of the same.
   */
  boolean givesWayTo(String version, long publishedAt) {
    var order = compareVersions(version, face.version());
    return order > 0 || (order == 0 && publishedAt > this.publishedAt);
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
