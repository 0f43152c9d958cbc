package org.tradepost.launcher.hostile;

import static org.tradepost.launcher.hostile.HostileTexts.one;

import java.util.List;
import java.util.Random;

/** Breaks headers, the method and the caller's token. */
final class HeaderMutations {
  private final Random random;

  HeaderMutations(Random random) {
    this.random = random;
  }

  void mutate(HttpCall call, List<String> declared) {
    var known = !declared.isEmpty() && random.nextBoolean();
    var name = known ? one(declared, random) : one(HostileTexts.HEADER_NAMES, random);
    var value = one(HostileTexts.HEADER, random);
    if (random.nextInt(4) == 0) {
      call.add(name, value);
    } else {
      call.set(name, value);
    }
  }

  void mutateMethodOrCaller(HttpCall call) {
    switch (random.nextInt(4)) {
      case 0 -> call.method = one(HostileTexts.METHODS, random);
      case 1 -> call.remove("authorization");
      case 2 -> call.set("authorization", "Bearer x" + random.nextInt());
      default -> call.remove("content-type");
    }
  }
}
