package org.tradepost.launcher.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.tradepost.common.json.WireJson;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.platform.service.ServiceProgram;

/**
 * The descriptor of a service, from the file {@value #FILE} in its jar.
 *
 * @param main the class that starts it as a node of its own
 * @param database whether it has a database of its own
 * @param databaseName the name of its database and of the role that owns it; by default the
 *     service's name
 * @param audited whether the audit may read its database
 * @param gateway whether it serves the REST API
 * @param instances the number of instances that a local cluster starts; by default one
 * @param ownSettings the settings that are given to no other service
 * @param classPath the class path of the service; not in the file
 */
public record ServiceDescriptor(
    String name,
    String main,
    Boolean database,
    String databaseName,
    boolean audited,
    boolean gateway,
    Integer instances,
    List<String> ownSettings,
    String classPath) {

  static final String FILE = "META-INF/tradepost/service.json";
  static final String OWN_CLASS_PATH = System.getProperty("java.class.path");

  private static final String NAME = "[a-z][a-z0-9-]{0,39}";
  private static final ObjectReader READER =
      WireJson.mapper()
          .readerFor(ServiceDescriptor.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  public ServiceDescriptor {
    databaseName = databaseName == null ? name : databaseName;
    instances = instances == null ? 1 : instances;
    ownSettings = ownSettings == null ? List.of() : List.copyOf(ownSettings);
    require(name != null && name.matches(NAME), "name", "like gift-cards");
    require(main != null && !main.isBlank(), "main", "the name of a class");
    require(database != null, "database", "true or false");
    require(databaseName.matches(NAME), "databaseName", "like gift-cards");
    require(instances > 0, "instances", "at least 1");
  }

  private static void require(boolean condition, String field, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(field + " must be " + expected);
    }
  }

  /**
   * Reads a descriptor.
   *
   * @param file the name of the file in messages
   * @throws CommandFailure if it is not a descriptor
   */
  static ServiceDescriptor read(InputStream content, String file, String classPath)
      throws IOException {
    try {
      var json = WireJson.mapper().readTree(content);
      if (json instanceof ObjectNode fields) {
        return READER.readValue(fields.put("classPath", classPath));
      }
      throw new CommandFailure(file + " is not a JSON object.");
    } catch (JsonProcessingException e) {
      throw new CommandFailure(file + " " + fault(e) + ".", e);
    }
  }

  private static String fault(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "has a field that is not known: " + unknown.getPropertyName();
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "has a value of another type in " + mapping.getPath().get(0).getFieldName();
    }
    return e.getCause() instanceof IllegalArgumentException invalid
        ? "is wrong: " + invalid.getMessage()
        : "is not JSON: " + e.getOriginalMessage();
  }

  /** A copy with another number of instances. */
  ServiceDescriptor withInstances(int count) {
    return new ServiceDescriptor(
        name, main, database, databaseName, audited, gateway, count, ownSettings, classPath);
  }

  /** Whether its classes are on the launcher's own class path. */
  boolean isBuiltIn() {
    return classPath.equals(OWN_CLASS_PATH);
  }

  /** Creates the program of a built-in service, to run in this JVM. */
  public ServiceProgram program() {
    try {
      return Class.forName(main)
          .asSubclass(ServiceProgram.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The prefix of the launcher's settings for the database of this service. */
  public String databaseSettings() {
    return "TRADEPOST_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_DATABASE_";
  }
}
