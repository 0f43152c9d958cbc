package org.tradepost.platform.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The operator's settings, by name. Reading a wrong or missing setting throws a {@link
 * WrongSetting} that names it.
 *
 * @param values all settings; empty ones count as not set
 */
public record Settings(Map<String, String> values) {

  /** Names a file of further settings, as Java properties; the environment takes precedence. */
  public static final String FILE = "TRADEPOST_CONFIG";

  /** The prefix of OpenTelemetry's standard settings. */
  public static final String OPENTELEMETRY = "OTEL_";

  /** A setting that prevents the service from starting. */
  public static final class WrongSetting extends RuntimeException {
    /**
     * @param fault what is wrong with it, as the rest of a sentence that begins with the name
     */
    public WrongSetting(String name, String fault) {
      super(name + " " + fault);
    }
  }

  public Settings {
    values = Map.copyOf(values);
  }

  public static Settings of(Map<String, String> values) {
    return new Settings(values);
  }

  /** The environment, and the file that it names. */
  public static Settings fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  static Settings fromEnvironment(Map<String, String> environment) {
    var file = environment.get(FILE);
    var all = new HashMap<String, String>();
    if (file != null && !file.isBlank()) {
      var properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new WrongSetting(FILE, "names a file that cannot be read: " + file);
      }
      properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    }
    environment.forEach(
        (name, value) -> {
          if ((name.startsWith("TRADEPOST_") || name.startsWith(OPENTELEMETRY))
              && !value.isBlank()) {
            all.put(name, value);
          }
        });
    return new Settings(all);
  }

  public String required(String name) {
    var value = text(name, "");
    if (value.isEmpty()) {
      throw new WrongSetting(name, "is not set");
    }
    return value;
  }

  public String text(String name, String defaultValue) {
    var value = values.getOrDefault(name, "").trim();
    return value.isEmpty() ? defaultValue : value;
  }

  /**
   * Whether settings that belong together are set.
   *
   * @throws WrongSetting naming the first missing setting if only some are set
   */
  public boolean areSet(String... names) {
    var missing = Arrays.stream(names).filter(name -> text(name, "").isEmpty()).toList();
    if (missing.isEmpty() || missing.size() == names.length) {
      return missing.isEmpty();
    }
    throw new WrongSetting(
        missing.get(0), "is not set: set all of %s or none".formatted(String.join(", ", names)));
  }

  /** A comma-separated list; empty if it is not set. */
  public List<String> list(String name) {
    return Arrays.stream(text(name, "").split(","))
        .map(String::trim)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  /** A host name or address; IPv6 addresses with or without brackets. */
  public String host(String name, String defaultValue) {
    return HostName.withoutBrackets(text(name, defaultValue));
  }

  public int integer(String name, int defaultValue, int min, int max) {
    var value = text(name, Integer.toString(defaultValue));
    try {
      var number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new WrongSetting(name, "must be a number, not " + value);
    }
    throw new WrongSetting(
        name, String.format(Locale.ROOT, "must be between %d and %d, not %s", min, max, value));
  }

  public int port(String name, int defaultValue) {
    return integer(name, defaultValue, 0, 65_535);
  }

  public Duration seconds(String name, int defaultValue, int min, int max) {
    return Duration.ofSeconds(integer(name, defaultValue, min, max));
  }
}
