package org.tradepost.launcher.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.tradepost.launcher.cli.CommandFailure;

/**
 * The services that the launcher starts.
 *
 * @param all in the order in which they are started, the gateway last; they are stopped in the
 *     reverse order
 */
public record Services(List<ServiceDescriptor> all) {
  /** The services of this build, in the order of the class path. */
  public static final Services BUILT_IN = builtIn();

  /** Names of databases, roles and certificates that belong to no service. */
  private static final Set<String> RESERVED =
      Set.of("postgres", "template0", "template1", "public", "none", "audit", "ca");

  public Services {
    all = all.stream().sorted(Comparator.comparing(ServiceDescriptor::gateway)).toList();
  }

  private static Services builtIn() {
    try {
      List<URL> files =
          Collections.list(Services.class.getClassLoader().getResources(ServiceDescriptor.FILE));
      // A jar may be on the class path twice: directly, and through another jar's manifest.
      return new Services(files.stream().map(Services::builtIn).distinct().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceDescriptor builtIn(URL file) {
    try (var content = file.openStream()) {
      return ServiceDescriptor.read(content, file.toString(), ServiceDescriptor.OWN_CLASS_PATH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a service that was built elsewhere.
   *
   * @param jar its jar, whose manifest says where the libraries are
   * @param count the number of instances; by default that of its descriptor
   * @throws CommandFailure if it is not the jar of a service, is a gateway, or has a taken name
   */
  public Services with(Path jar, Optional<Integer> count) {
    var added = read(jar.toAbsolutePath().normalize());
    if (added.gateway()) {
      throw new CommandFailure(jar + " is a gateway, and there is one already.");
    }
    for (var name : List.of(added.name(), added.databaseName())) {
      if (isTaken(name)) {
        throw new CommandFailure("The name " + name + " of the service in " + jar + " is taken.");
      }
    }
    return new Services(
        Stream.concat(all.stream(), Stream.of(count.map(added::withInstances).orElse(added)))
            .toList());
  }

  /** Whether a name is reserved, or belongs to a service or its database. */
  public boolean isTaken(String name) {
    return RESERVED.contains(name)
        || all.stream()
            .anyMatch(
                service -> service.name().equals(name) || service.databaseName().equals(name));
  }

  private static ServiceDescriptor read(Path jar) {
    if (!Files.exists(jar)) {
      throw new CommandFailure("There is no file " + jar + ".");
    }
    try (var content = new JarFile(jar.toFile())) {
      var file = content.getEntry(ServiceDescriptor.FILE);
      if (file == null) {
        throw new CommandFailure(
            jar
                + " is not the jar of a service: there is no "
                + ServiceDescriptor.FILE
                + " in it.");
      }
      return ServiceDescriptor.read(
          content.getInputStream(file), ServiceDescriptor.FILE + " in " + jar, jar.toString());
    } catch (IOException e) {
      throw CommandFailure.of(jar + " cannot be read", e);
    }
  }

  /** A copy in which the services in {@code counts} have other numbers of instances. */
  public Services withInstances(Map<String, Integer> counts) {
    return new Services(
        all.stream()
            .map(
                service ->
                    service.withInstances(counts.getOrDefault(service.name(), service.instances())))
            .toList());
  }

  /** The services that were built elsewhere. */
  public List<ServiceDescriptor> added() {
    return all.stream().filter(service -> !service.isBuiltIn()).toList();
  }

  public List<ServiceDescriptor> withDatabase() {
    return all.stream().filter(ServiceDescriptor::database).toList();
  }

  public List<String> names() {
    return all.stream().map(ServiceDescriptor::name).toList();
  }

  public ServiceDescriptor gateway() {
    return all.get(all.size() - 1);
  }

  /**
   * The service of that name.
   *
   * @throws CommandFailure if there is none
   */
  public ServiceDescriptor get(String name) {
    return all.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "There is no service %s; there are %s."
                        .formatted(name, String.join(", ", names()))));
  }
}
