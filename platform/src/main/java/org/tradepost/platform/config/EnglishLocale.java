package org.tradepost.platform.config;

import java.util.Locale;

/** The one language of messages and logs, whatever the machine speaks. */
public final class EnglishLocale {

  private EnglishLocale() {}

  /** Makes the JVM, and what libraries say in it, speak English; call it before everything else. */
  public static void use() {
    Locale.setDefault(Locale.ENGLISH);
  }
}
