package org.tradepost.platform.description;

import java.util.Locale;

/** What goes first when there is more to do than can be done. The first of these matters most. */
public enum Priority {

  /** What operators and administrators do. */
  OPERATIONS,

  /** Work that is part of something started before: the caller's own orders, their session. */
  BEGUN,

  /** New work. */
  NEW,

  /** Looking around. */
  SCAN;

  /**
   * Reads it as API descriptions have it, in lower case.
   *
   * @throws IllegalArgumentException when there is no such priority
   */
  static Priority read(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
