package org.tradepost.gateway.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The content codings that a client accepts: its {@code Accept-Encoding} (RFC 9110, 12.5.3). */
public final class AcceptedCodings {

  private static final Pattern MEMBER =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

  private final Map<String, Double> weights = new HashMap<>();

  /**
   * @param lines all lines of the header field
   */
  public AcceptedCodings(List<String> lines) {
    for (var member : String.join(",", lines).split(",")) {
      var read = MEMBER.matcher(member.strip());
      if (read.matches()) {
        var weight = read.group(2) == null ? 1 : Double.parseDouble(read.group(2));
        weights.put(read.group(1).toLowerCase(java.util.Locale.ROOT), weight);
      }
    }
  }

  /** Whether the client accepts gzip, and does not prefer the uncompressed bytes. */
  public boolean preferGzip() {
    var gzip = weight("gzip", weight("x-gzip", weight("*", 0)));
    return gzip > 0 && gzip >= weight("identity", 0);
  }

  private double weight(String coding, double otherwise) {
    return weights.getOrDefault(coding, otherwise);
  }
}
