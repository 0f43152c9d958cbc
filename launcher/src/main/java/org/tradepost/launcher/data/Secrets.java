package org.tradepost.launcher.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.os.PrivateFile;

/**
 * The generated secrets of one installation: a password for each database role, and the cluster
 * secret.
 */
public final class Secrets {
  private static final String SUPERUSER = "postgres";
  private static final String CLUSTER = "cluster.secret";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;

  private Secrets(Path file) {
    this.file = file;
  }

  /**
   * Finds the secrets of {@code data}, or generates them at its first start.
   *
   * @throws CommandFailure if the file cannot be used, or lacks the superuser's password or the
   *     cluster secret
   */
  public static Secrets of(DataDirectory data) {
    var secrets = new Secrets(data.secrets());
    try {
      if (!Files.exists(secrets.file)) {
        PrivateFile.write(
            secrets.file,
            """
            # Created at the first start. Anyone who can read this can read and change every database of this directory.
            %s.password=%s
            %s=%s
            """
                .formatted(SUPERUSER, random(), CLUSTER, random()));
      }
      secrets.superuser();
      secrets.cluster();
      return secrets;
    } catch (IOException e) {
      throw secrets.unusable(e);
    }
  }

  /** A secret of 256 random bits, in characters that need no quoting in SQL, a URL or a shell. */
  public static String random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public String superuser() {
    return required(SUPERUSER + ".password");
  }

  public String cluster() {
    return required(CLUSTER);
  }

  /** The password of a database role, which is generated if there is none yet. */
  public synchronized String password(String role) {
    var name = role + ".password";
    try {
      if (!properties(file).containsKey(name)) {
        PrivateFile.write(
            file, Files.readString(file).stripTrailing() + "\n" + name + "=" + random() + "\n");
      }
      return required(name);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The password of a database role in a directory that another JVM may be using.
   *
   * @throws CommandFailure if the file has none
   */
  public static String password(Path directory, String role) {
    return new Secrets(directory.resolve(DataDirectory.SECRETS)).required(role + ".password");
  }

  /**
   * The cluster secret in a directory that another JVM may be using.
   *
   * @throws CommandFailure if the file has none
   */
  public static String cluster(Path directory) {
    return new Secrets(directory.resolve(DataDirectory.SECRETS)).cluster();
  }

  private String required(String name) {
    try {
      var value = properties(file).getProperty(name, "");
      if (value.isBlank()) {
        throw new CommandFailure("The file " + file + " lacks " + name + ".");
      }
      return value;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  static Properties properties(Path file) throws IOException {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private CommandFailure unusable(IOException e) {
    return CommandFailure.of("The secrets in " + file + " cannot be read or written", e);
  }

  /** Omits all secrets, so that none is ever logged by accident. */
  @Override
  public String toString() {
    return "Secrets[...]";
  }
}
