package org.tradepost.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.identity.Caller;
import org.tradepost.platform.service.Service;

/** Which classes may depend on which, and a rule for tests that may be rerun. */
class ArchitectureTest {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final List<String> MODULES =
      List.of(
          "common",
          "platform",
          "auth-verticle",
          "product-verticle",
          "order-verticle",
          "gateway-verticle",
          "proof",
          "launcher");
  private static final JavaClasses CLASSES = classesOf(MODULES);

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  @Test
  void only_the_gateway_knows_vertx_web() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tradepost.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(CLASSES);
  }

  @Test
  void the_gateway_knows_no_service_and_no_contract() {
    noClasses()
        .that()
        .resideInAPackage("org.tradepost.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.common.contract..",
            "org.tradepost.auth..",
            "org.tradepost.product..",
            "org.tradepost.order..")
        .check(CLASSES);
  }

  /** The launcher knows services by their descriptors only. */
  @Test
  void nobody_knows_a_service_but_by_its_contract() {
    for (var module : MODULES.stream().filter(name -> name.endsWith("-verticle")).toList()) {
      var service = module.replace("-verticle", "");
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tradepost." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tradepost." + service + "..")
          .check(CLASSES);
    }
  }

  @Test
  void a_client_of_the_bus_needs_common_alone() {
    noClasses()
        .that()
        .resideInAPackage("org.tradepost.common..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.platform..",
            "com.hazelcast..",
            "ch.qos.logback..",
            "org.flywaydb..",
            "io.vertx.sqlclient..",
            "java.sql..")
        .check(CLASSES);
  }

  @Test
  void only_tracing_knows_how_spans_are_made_and_sent() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tradepost.platform.telemetry.tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void contracts_depend_on_operations_and_errors_alone() {
    classes()
        .that()
        .resideInAPackage("org.tradepost.common.contract..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.common.contract..",
            "org.tradepost.common.bus",
            "org.tradepost.common.error",
            "org.tradepost.common.identity",
            "com.fasterxml.jackson..",
            "java..")
        .check(CLASSES);
  }

  @Test
  void only_the_first_package_of_a_service_is_for_others() {
    for (var service : List.of("auth", "product", "order", "gateway")) {
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tradepost." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tradepost." + service + ".*..")
          .check(CLASSES);
    }
  }

  @Test
  void services_use_the_cluster_through_their_node_alone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.tradepost.auth..", "org.tradepost.product..", "org.tradepost.order..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.platform.cluster..", "org.tradepost.platform.description..")
        .check(CLASSES);
  }

  /** Hazelcast may block a call as long as a node is frozen, and Vert.x has few worker threads. */
  @Test
  void the_cluster_occupies_no_worker_thread() {
    noClasses()
        .that()
        .resideInAPackage("org.tradepost.platform.cluster..")
        .should()
        .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("executeBlocking")))
        .check(CLASSES);
  }

  @Test
  void the_checks_of_a_torture_run_are_its_own() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tradepost.proof..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tradepost.proof.torture.check..")
        .check(CLASSES);
  }

  /** The first package of a module may be smaller. */
  @Test
  void every_package_has_four_to_twenty_files_and_says_what_it_is_for() throws IOException {
    var packages = new TreeMap<Path, List<String>>();
    for (var sources : sources()) {
      packages.putAll(filesByPackage(sources));
    }
    assertThat(packages).hasSizeGreaterThan(60);
    packages.forEach(
        (directory, files) -> {
          var minimum = directory.getParent().endsWith("org/tradepost") ? 1 : 4;
          assertThat(files).as("files of %s", directory).hasSizeBetween(minimum, 20);
          assertThat(directory.resolve("package-info.java"))
              .content()
              .matches("(?s)/\\*\\*[\\s*]+\\S.*?\\.[\\s*].*?\\*/\\s*package .*");
        });
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(ROOT, 2)) {
      return files
          .map(directory -> directory.resolve("src/main/java/org/tradepost"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static Map<Path, List<String>> filesByPackage(Path sources) throws IOException {
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.groupingBy(
                  Path::getParent,
                  Collectors.mapping(file -> file.getFileName().toString(), Collectors.toList())));
    }
  }

  @Test
  void what_speaks_sql_neither_calls_services_nor_judges_callers() {
    noClasses()
        .that(dependOn("io.vertx.sqlclient"))
        .and()
        .resideOutsideOfPackage("org.tradepost.platform..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ServiceBus.class, Service.class, Caller.class)
        .check(CLASSES);
  }

  /** The exceptions create the databases, or read them to check them. */
  @Test
  void no_other_tool_touches_the_databases_of_services() {
    noClasses()
        .that()
        .resideInAnyPackage("org.tradepost.launcher..", "org.tradepost.proof..")
        .and()
        .resideOutsideOfPackages(
            "org.tradepost.launcher.postgres",
            "org.tradepost.proof.audit",
            "org.tradepost.proof.torture.check")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(CLASSES);
  }

  @Test
  void packages_have_no_loops() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
    slices()
        .assignedFrom(PACKAGES)
        .should()
        .beFreeOfCycles()
        .check(classesOf(List.of("benchmarks")));
  }

  /** A failed test is rerun in the same JVM, where a final static field keeps a closed value. */
  @Test
  void what_a_test_class_closes_it_does_not_keep_for_ever() {
    var tests = classesOf(MODULES, "target/test-classes");
    assertThat(tests.stream().filter(type -> !closedAfterAll(type).isEmpty()))
        .hasSizeGreaterThan(20);
    for (var type : tests) {
      assertThat(closedAfterAll(type)).as(type.getName()).noneMatch(ArchitectureTest::isForEver);
    }
  }

  private static List<JavaField> closedAfterAll(JavaClass type) {
    var closed =
        type.getMethodCallsFromSelf().stream()
            .filter(call -> call.getOrigin().isAnnotatedWith(AfterAll.class))
            .filter(call -> Set.of("close", "stop").contains(call.getName()))
            .map(call -> call.getTargetOwner().getName())
            .collect(Collectors.toSet());
    return type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
        .filter(
            field ->
                field.isAnnotatedWith(AutoClose.class)
                    || closed.contains(field.getRawType().getName()))
        .toList();
  }

  private static boolean isForEver(JavaField field) {
    return field.getModifiers().contains(JavaModifier.FINAL);
  }

  private static JavaClasses classesOf(List<String> modules) {
    return classesOf(modules, "target/classes");
  }

  private static JavaClasses classesOf(List<String> modules, String directory) {
    return new ClassFileImporter()
        .importPaths(
            modules.stream().map(module -> ROOT.resolve(module).resolve(directory)).toList());
  }

  private static DescribedPredicate<JavaClass> dependOn(String packageName) {
    return DescribedPredicate.describe(
        "depend on " + packageName,
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(
                    dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(packageName)));
  }

  @Test
  void only_the_service_bus_touches_the_event_bus() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.tradepost.common.bus.ServiceBus")
        .should()
        .callMethod(io.vertx.core.Vertx.class, "eventBus")
        .check(CLASSES);
  }
}
