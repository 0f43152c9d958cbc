package org.tradepost.launcher.cli;

import java.time.Duration;

/** How long ago something happened, as text. */
public final class Age {
  private Age() {}

  /** The age in the largest unit in which it is above one, or in seconds. */
  public static String text(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " d";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " h";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }
}
