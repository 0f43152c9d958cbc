package org.tradepost.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may know of what. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.tradepost");

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
  void only_the_service_bus_touches_the_event_bus() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.tradepost.common.bus.ServiceBus")
        .should()
        .callMethod(io.vertx.core.Vertx.class, "eventBus")
        .check(CLASSES);
  }
}
