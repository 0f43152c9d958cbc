package org.tradepost.launcher.scaffold;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.tradepost.launcher.services.Services;

/**
 * A service to be created.
 *
 * @param name the first part of its addresses and paths
 * @param packageName the package of its classes
 * @param database whether it has a database of its own, and events
 */
record NewService(String name, String packageName, boolean database) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,29}");

  /**
   * Names whose path {@code /v1/NAME} belongs to the gateway or to a service of another name, or
   * whose verticle would have the name of the class that it extends.
   */
  private static final Set<String> RESERVED =
      Set.of("users", "orders", "products", "events", "cluster", "service");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException with a message for the user, if one is invalid or taken
   */
  NewService {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "NAME must be 2 to 30 small letters and digits, a letter first, not " + name + ".");
    }
    if (Services.BUILT_IN.isTaken(name) || RESERVED.contains(name)) {
      throw new IllegalArgumentException("The name " + name + " is taken.");
    }
    if (!SourceVersion.isName(packageName)) {
      throw new IllegalArgumentException(
          "--package must name a Java package, not " + packageName + ".");
    }
  }

  /** The value of each name that a template has in double braces. */
  Map<String, String> values() {
    return Map.of(
        "name",
        name,
        "Name",
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        "package",
        packageName,
        "directory",
        packageName.replace('.', '/'),
        "version",
        String.valueOf(NewService.class.getPackage().getImplementationVersion()),
        "platform",
        platform());
  }

  /** This machine's platform, as the artifacts of the embedded PostgreSQL name it. */
  private static String platform() {
    var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    return system + (System.getProperty("os.arch").equals("aarch64") ? "-arm64v8" : "-amd64");
  }
}
