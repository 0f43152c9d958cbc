package org.tradepost.platform.description;

import java.util.Locale;

/** What is served first under overload, the most important first. */
public enum Priority {

  /** Requests of operators and administrators. */
  OPERATIONS,

  /** Work that continues something started before: the caller's own orders, their session. */
  BEGUN,

  /** New work. */
  NEW,

  /** Browsing. */
  SCAN;

  /**
   * Reads a priority as API descriptions write it, in lower case.
   *
   * @throws IllegalArgumentException when there is no such priority
   */
  static Priority read(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
