package org.tradepost.gateway.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the header field {@code Forwarded} of RFC 7239. */
final class Forwarded {

  private static final String NOTHING = "";

  private Forwarded() {}

  /**
   * Returns the {@code for} parameter of each element in order, still quoted. It is empty for an
   * element without exactly one, and for a malformed line, whose elements cannot be told apart.
   */
  static Stream<String> senders(List<String> lines) {
    return lines.stream().flatMap(line -> senders(line).stream());
  }

  private static List<String> senders(String line) {
    if (endsInQuotes(line)) {
      return List.of(NOTHING);
    }
    return split(line, ',').stream()
        .filter(element -> !element.isBlank())
        .map(Forwarded::sender)
        .toList();
  }

  private static String sender(String element) {
    var senders =
        split(element, ';').stream()
            .map(String::strip)
            .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
            .toList();
    return senders.size() == 1 ? senders.get(0).substring(4) : NOTHING;
  }

  private static boolean endsInQuotes(String line) {
    return split(line + '\0', '\0').size() == 1;
  }

  /** Splits at separators outside quotes. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    var begin = 0;
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    parts.add(text.substring(Math.min(begin, text.length())));
    return parts;
  }
}
