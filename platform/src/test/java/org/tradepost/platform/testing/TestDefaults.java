package org.tradepost.platform.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tradepost.platform.config.Loopback;

/**
 * Defaults of all tests; JUnit finds this class by itself. A test waits up to 60 s for what must
 * eventually happen, unless the time is what it tests: long enough for a busy machine.
 */
public final class TestDefaults implements BeforeAllCallback {

  static {
    Loopback.prepare();
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }
}
