package org.tradepost.launcher.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.os.PrivateFile;

/**
 * The generated secrets of one installation: a password for each database role, and the cluster's
 * secret.
 */
public record Secrets(
    String superuser, String auth, String product, String orders, String audit, String cluster) {
  private static final String AUDIT = "audit.password";
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Reads the secrets of {@code data}, or makes them at its first start.
   *
   * @throws StartFailure if the databases are there and their passwords are not
   */
  public static Secrets of(DataDirectory data) {
    Path file = data.secrets();
    try {
      if (Files.exists(file)) {
        addAudit(file);
        return read(file);
      }
      Secrets made = new Secrets(random(), random(), random(), random(), random(), random());
      PrivateFile.write(file, made.asProperties());
      return made;
    } catch (IOException e) {
      throw new StartFailure("The passwords in " + file + " cannot be read or written: " + e, e);
    }
  }

  /** A secret of 256 random bits, in characters that need no quoting in SQL, a URL or a shell. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The password of the role that audits, of a directory that another JVM may be using.
   *
   * @throws StartFailure if the file has none
   */
  public static String auditPassword(Path file) throws IOException {
    Properties properties = properties(file);
    if (!properties.containsKey(AUDIT)) {
      throw new StartFailure(
          "The file " + file + " lacks " + AUDIT + "; the next start of Tradepost adds it.");
    }
    return required(properties, AUDIT, file);
  }

  /**
   * The password of the order service's role, of a directory that another JVM may be using.
   *
   * @throws StartFailure if the file has none
   */
  public static String ordersPassword(Path file) throws IOException {
    return required(properties(file), "orders.password", file);
  }

  /**
   * The secret of the cluster that another JVM runs on the directory.
   *
   * @throws StartFailure if the file has none
   */
  public static String clusterSecret(Path file) throws IOException {
    return required(properties(file), "cluster.secret", file);
  }

  /** Directories from before there was an audit have no password for it. */
  private static void addAudit(Path file) throws IOException {
    if (!properties(file).containsKey(AUDIT)) {
      PrivateFile.write(
          file, Files.readString(file).stripTrailing() + "\n" + AUDIT + "=" + random() + "\n");
    }
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static Secrets read(Path file) throws IOException {
    Properties properties = properties(file);
    return new Secrets(
        required(properties, "postgres.password", file),
        required(properties, "auth.password", file),
        required(properties, "product.password", file),
        required(properties, "orders.password", file),
        required(properties, AUDIT, file),
        required(properties, "cluster.secret", file));
  }

  private static String required(Properties properties, String name, Path file) {
    String value = properties.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new StartFailure("The file " + file + " lacks " + name + ".");
    }
    return value;
  }

  private String asProperties() {
    return """
        # Created at the first start. Anyone who can read this can read and change every database of this directory.
        postgres.password=%s
        auth.password=%s
        product.password=%s
        orders.password=%s
        audit.password=%s
        cluster.secret=%s
        """
        .formatted(superuser, auth, product, orders, audit, cluster);
  }

  /** Names no secret, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "Secrets[...]";
  }
}
