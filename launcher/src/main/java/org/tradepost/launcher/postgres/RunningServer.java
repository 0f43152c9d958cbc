package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.platform.config.Loopback;

/**
 * The embedded server that another Tradepost runs on a data directory. The directory is not locked
 * here: the other one has the lock.
 */
public record RunningServer(Path data, int port) {
  /** The role of the audit, which may read the databases and change nothing. */
  public static final String AUDIT_ROLE = "audit";

  /**
   * Finds the server of a data directory.
   *
   * @throws CommandFailure if no server runs there
   */
  public static RunningServer on(Path directory) {
    var named = directory.toAbsolutePath().normalize();
    try {
      var data = named.toFile().exists() ? named.toRealPath() : named;
      return Postmaster.portOf(data.resolve("postgres"))
          .map(port -> new RunningServer(data, port))
          .orElseThrow(() -> new CommandFailure("No Tradepost is running on " + data + "."));
    } catch (IOException e) {
      throw CommandFailure.of("The data directory " + named + " cannot be read", e);
    }
  }

  /** The URL of a database, in the form that services take. */
  public String url(String database) {
    return "postgresql://" + Loopback.hostAndPort(port) + "/" + database;
  }

  /**
   * The password of one of its roles.
   *
   * @throws CommandFailure if there is none
   */
  public String password(String role) {
    return Secrets.password(data, role);
  }
}
