package org.tradepost.reviews;

import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.sql.DatabaseConfig;

/** Starts the reviews service as a node of its own. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    ServiceMain.run("reviews", DatabaseConfig::from, ReviewsVerticle::new);
  }
}
