package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.platform.config.Loopback;

/**
 * The embedded server that another Tradepost runs on a data directory. It takes no lock: that one
 * has it.
 */
public record RunningServer(Path data, int port) {

  /** Reads one of the passwords of a file. */
  @FunctionalInterface
  public interface Password {
    String in(Path secrets) throws IOException;
  }

  /**
   * The server of that directory.
   *
   * @throws StartFailure if nothing runs there
   */
  public static RunningServer on(Path directory) {
    Path named = directory.toAbsolutePath().normalize();
    try {
      Path data = named.toFile().exists() ? named.toRealPath() : named;
      return Postmaster.portOf(data.resolve("postgres"))
          .map(port -> new RunningServer(data, port))
          .orElseThrow(() -> new StartFailure("No Tradepost is running on " + data + "."));
    } catch (IOException e) {
      throw unreadable(named, e);
    }
  }

  /** Where the services find that database. */
  public String url(String database) {
    return "postgresql://" + Loopback.place(port) + "/" + database;
  }

  /**
   * One of the passwords that were made for the directory.
   *
   * @throws StartFailure if it is not there
   */
  public String password(Password which) {
    try {
      return which.in(data.resolve("secrets.properties"));
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  private static StartFailure unreadable(Path directory, IOException cause) {
    return new StartFailure("The data directory " + directory + " cannot be read: " + cause, cause);
  }
}
