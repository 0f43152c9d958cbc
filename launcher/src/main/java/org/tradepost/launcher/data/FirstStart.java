package org.tradepost.launcher.data;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.os.PrivateFile;
import org.tradepost.platform.config.Settings;

/**
 * What only the first start does: it creates the administrator and the sample catalogue. This is
 * remembered until it is done, so that the next start completes an interrupted one.
 */
public final class FirstStart {
  private final Path file;
  private final Optional<Administrator> pending;

  private FirstStart(Path file, Optional<Administrator> pending) {
    this.file = file;
    this.pending = pending;
  }

  /**
   * Begins the first start, continues an interrupted one, or finds it done. A generated password is
   * kept in a file until it has been printed, because the account may already have it. A password
   * that the operator set is never written to a file.
   */
  public static FirstStart of(DataDirectory data, Settings settings) {
    var file = data.firstStart();
    try {
      if (Files.exists(file)) {
        return new FirstStart(file, read(file));
      }
      var administrator = Administrator.of(settings);
      if (administrator.generated()) {
        PrivateFile.write(file, asProperties(administrator));
      }
      return new FirstStart(file, Optional.of(administrator));
    } catch (IOException e) {
      throw CommandFailure.of("The file " + file + " cannot be read or written", e);
    }
  }

  private static Optional<Administrator> read(Path file) throws IOException {
    var properties = Secrets.properties(file);
    return Boolean.parseBoolean(properties.getProperty("done"))
        ? Optional.empty()
        : Optional.of(
            new Administrator(
                properties.getProperty("administrator.email"),
                properties.getProperty("administrator.password"),
                true));
  }

  private static String asProperties(Administrator administrator) throws IOException {
    var properties = new Properties();
    properties.setProperty("administrator.email", administrator.email());
    properties.setProperty("administrator.password", administrator.password());
    var text = new StringWriter();
    properties.store(text, "Removed when the first start is done");
    return text.toString();
  }

  /** The administrator to create, who then loads the catalogue; empty if all is done. */
  public Optional<Administrator> pendingAdministrator() {
    return pending;
  }

  /** Leaves it to the next start; deletes a generated password, as it is not the account's. */
  public void postpone() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw CommandFailure.of("The file " + file + " cannot be deleted", e);
    }
  }

  /** Deletes the password, which has been printed or is not the account's. */
  public void done() {
    try {
      PrivateFile.write(file, "done=true\n");
    } catch (IOException e) {
      throw CommandFailure.of("The file " + file + " cannot be written", e);
    }
  }
}
