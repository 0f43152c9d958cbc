package org.tradepost.launcher;

import java.nio.file.Path;
import org.tradepost.common.runtime.Settings;

/**
 * A data directory in use, with what is known from it and from the operator.
 *
 * @param secrets made at the first start
 * @param operator what the operator set
 * @param firstStart what is left to do of the first start
 */
record Home(DataDirectory data, Secrets secrets, Settings operator, FirstStart firstStart) {

  /**
   * Takes the directory until the shutdown; from here on the services log into it.
   *
   * @throws StartFailure if it cannot be used
   */
  static Home open(Path directory, Shutdown shutdown) {
    DataDirectory data = DataDirectory.open(directory);
    shutdown.add(data::close);
    LogFile.use(data.log());
    Settings operator = Settings.fromEnvironment();
    return new Home(data, Secrets.of(data), operator, FirstStart.of(data, operator));
  }

  /** The first start is over when the person knows the password. */
  void announced() {
    if (firstStart.pending().isPresent()) {
      firstStart.done();
    }
  }

  /** Loads the sample catalogue if that is still to be done. */
  void load(RestClient client, Console console) {
    firstStart
        .pending()
        .ifPresent(
            administrator -> {
              console.say("Loading the sample catalogue ...");
              new CatalogueLoading(client, administrator).run();
            });
  }
}
