package org.tradepost.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.runtime.Service;

/** What may know of what. */
class ArchitectureTest {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Stream.of(
                      "common",
                      "auth-verticle",
                      "product-verticle",
                      "order-verticle",
                      "gateway-verticle",
                      "launcher")
                  .map(module -> ROOT.resolve(module).resolve("target/classes"))
                  .toList());

  @Test
  void only_the_gateway_knows_vertx_web() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tradepost.gateway")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(CLASSES);
  }

  @Test
  void the_gateway_knows_no_service_and_no_contract() {
    noClasses()
        .that()
        .resideInAPackage("org.tradepost.gateway")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.common.contract",
            "org.tradepost.auth",
            "org.tradepost.product",
            "org.tradepost.order")
        .check(CLASSES);
  }

  @Test
  void services_know_each_other_by_contract_alone() {
    for (var service : new String[] {"auth", "product", "order"}) {
      noClasses()
          .that()
          .resideOutsideOfPackages("org.tradepost." + service, "org.tradepost.launcher")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tradepost." + service)
          .check(CLASSES);
    }
  }

  @Test
  void contracts_depend_on_operations_and_errors_alone() {
    noClasses()
        .that()
        .resideInAPackage("org.tradepost.common.contract")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tradepost.common.runtime",
            "org.tradepost.common.face",
            "org.tradepost.common.identity",
            "org.tradepost.common.json",
            "io.vertx..")
        .check(CLASSES);
  }

  @Test
  void who_speaks_sql_neither_calls_services_nor_judges_callers() {
    noClasses()
        .that(dependOn("io.vertx.sqlclient"))
        .and()
        .resideOutsideOfPackage("org.tradepost.common.runtime")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ServiceBus.class, Service.class, Caller.class)
        .check(CLASSES);
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
