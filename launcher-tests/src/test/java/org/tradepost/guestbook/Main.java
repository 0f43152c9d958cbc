package org.tradepost.guestbook;

import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.sql.DatabaseConfig;

/** A service that is not part of the build. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    ServiceMain.run("guestbook", DatabaseConfig::from, GuestbookVerticle::new);
  }
}
