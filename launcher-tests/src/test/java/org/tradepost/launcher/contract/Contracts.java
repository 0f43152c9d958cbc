package org.tradepost.launcher.contract;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.events.EventOperations;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;

/** The operations and change notifications on the event bus, as the code declares them. */
final class Contracts {
  private static final String FOLDER = "org/tradepost/common/contract";
  private static final String ADDRESS = "[a-z]+\\.v[0-9]+\\.[a-z-]+";

  private final Map<String, Operation<?, ?>> operations = new TreeMap<>();
  private final List<String> notifications = new ArrayList<>();

  private Contracts() {}

  /** Reads the constants of all contract classes, and adds the operations that services share. */
  static Contracts read() throws IOException, ReflectiveOperationException {
    var contracts = new Contracts();
    for (var type : classes()) {
      for (var field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          contracts.add(field.get(null));
        }
      }
    }
    contracts.operations.values().stream()
        .map(Operation::service)
        .distinct()
        .toList()
        .forEach(contracts::addService);
    return contracts;
  }

  private static List<Class<?>> classes() throws IOException, ReflectiveOperationException {
    var code = codeOf(OrderContract.class);
    if (Files.isDirectory(code)) {
      return classes(code.resolve(FOLDER));
    }
    try (var jar = FileSystems.newFileSystem(code)) {
      return classes(jar.getPath(FOLDER));
    }
  }

  private static Path codeOf(Class<?> type) {
    try {
      var location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> classes(Path folder)
      throws IOException, ReflectiveOperationException {
    var classes = new ArrayList<Class<?>>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        var name = FOLDER + "/" + folder.relativize(file).toString().replace(".class", "");
        classes.add(Class.forName(name.replace('/', '.')));
      }
    }
    return classes;
  }

  private void add(Object constant) {
    if (constant instanceof Operation<?, ?> operation) {
      operations.put(operation.address(), operation);
    } else if (constant instanceof String text && text.matches(ADDRESS)) {
      notifications.add(text);
    }
  }

  private void addService(String service) {
    add(DescriptionQuery.of(service));
    if (ApiDescription.load(service).events().isPresent()) {
      add(EventOperations.read(service));
      add(EventOperations.follow(service));
      notifications.add(EventOperations.changeNotification(service));
    }
  }

  /** All operations, by address. */
  Map<String, Operation<?, ?>> operations() {
    return operations;
  }

  /** The addresses of change notifications. */
  List<String> notifications() {
    return notifications;
  }
}
