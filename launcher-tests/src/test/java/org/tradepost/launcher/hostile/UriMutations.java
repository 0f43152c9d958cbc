package org.tradepost.launcher.hostile;

import static org.tradepost.launcher.hostile.HostileTexts.one;

import java.util.List;
import java.util.Random;

/** Breaks paths and queries. */
final class UriMutations {
  private static final List<String> PIECES =
      List.of(
          "%",
          "&&",
          "=",
          "&=",
          "?",
          "a",
          "a=b=c",
          "__proto__=1",
          "%00=1",
          "limit[]=1",
          "limit=1&limit=2",
          "x;y");

  private final Random random;

  UriMutations(Random random) {
    this.random = random;
  }

  void mutatePath(HttpCall call) {
    var path = call.path();
    var query = call.target.substring(path.length());
    var value = one(HostileTexts.URI, random);
    var segments = path.split("/", -1);
    var chosen = 1 + random.nextInt(Math.max(1, segments.length - 1));
    var changed =
        switch (random.nextInt(6)) {
          case 0 -> path + "/";
          case 1 -> path + "/" + value;
          case 2 -> "/" + path;
          case 3 -> path.replaceFirst("/v1", "/V1");
          default -> {
            segments[Math.min(chosen, segments.length - 1)] = value;
            yield String.join("/", segments);
          }
        };
    call.target = (changed.startsWith("/") ? changed : "/" + changed) + query;
  }

  void mutateQuery(HttpCall call, List<String> names) {
    var separator = call.target.contains("?") ? "&" : "?";
    var known = !names.isEmpty() && random.nextInt(4) > 0;
    var added =
        known ? one(names, random) + "=" + one(HostileTexts.URI, random) : one(PIECES, random);
    call.target += separator + added;
  }
}
