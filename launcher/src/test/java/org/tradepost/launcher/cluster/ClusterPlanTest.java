package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.FirstStart;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

class ClusterPlanTest {
  private static final Map<String, String> SERVERS =
      Map.of(
          "TRADEPOST_AUTH_DATABASE_URL", "postgresql://one/auth",
          "TRADEPOST_AUTH_DATABASE_USER", "auth",
          "TRADEPOST_AUTH_DATABASE_PASSWORD", "auth-secret",
          "TRADEPOST_PRODUCT_DATABASE_URL", "postgresql://two/product",
          "TRADEPOST_PRODUCT_DATABASE_USER", "product",
          "TRADEPOST_PRODUCT_DATABASE_PASSWORD", "product-secret",
          "TRADEPOST_ORDER_DATABASE_URL", "postgresql://three/orders",
          "TRADEPOST_ORDER_DATABASE_USER", "orders",
          "TRADEPOST_ORDER_DATABASE_PASSWORD", "orders-secret");

  @TempDir Path directory;

  @Test
  void numbers_the_members_of_each_service() {
    assertThat(plan().stream().map(MemberPlan::name))
        .containsExactly(
            "auth-1", "product-1", "product-2", "order-1", "order-2", "gateway-1", "gateway-2");
  }

  @Test
  void gives_each_member_ports_of_its_own_and_all_the_same_members() {
    var plan = plan();
    assertThat(setting(plan, "TRADEPOST_CLUSTER_PORT")).doesNotHaveDuplicates();
    assertThat(setting(plan, "TRADEPOST_MANAGEMENT_PORT")).doesNotHaveDuplicates();
    assertThat(setting(plan, "TRADEPOST_CLUSTER_MEMBERS")).containsOnly(members(plan));
    assertThat(setting(plan, "TRADEPOST_CLUSTER_NAME").stream().distinct()).hasSize(1);
    assertThat(setting(plan.subList(5, 7), "TRADEPOST_HTTP_PORT")).containsExactly("8080", "8081");
  }

  @Test
  void gives_each_gateway_a_port_of_its_own_for_the_console() {
    var plan = plan(Map.of("TRADEPOST_CONSOLE", "9000"));
    assertThat(setting(plan.subList(5, 7), "TRADEPOST_CONSOLE")).containsExactly("9000", "9001");
    assertThat(setting(plan(Map.of("TRADEPOST_CONSOLE", "off")), "TRADEPOST_CONSOLE"))
        .containsOnly("off");
  }

  @Test
  void gives_no_member_the_password_of_another_ones_database() {
    for (var member : plan()) {
      assertThat(member.settings().values())
          .filteredOn(value -> value.endsWith("-secret"))
          .isSubsetOf(member.service().databaseName() + "-secret");
    }
  }

  @Test
  void names_no_member_a_database_but_its_own() {
    var others =
        Map.of(
            "TRADEPOST_DATABASE_URL", "postgresql://four/all",
            "TRADEPOST_DATABASE_PASSWORD", "all-secret",
            "TRADEPOST_GIFT_CARDS_DATABASE_PASSWORD", "gift-cards-secret");
    for (var member : plan(others)) {
      assertThat(member.settings().keySet())
          .filteredOn(name -> name.contains("DATABASE"))
          .allMatch(name -> member.service().database() && name.startsWith("TRADEPOST_DATABASE_"));
      assertThat(member.settings().values()).noneMatch(others::containsValue);
    }
  }

  @Test
  void passes_on_how_the_databases_are_used() {
    var use = Map.of("TRADEPOST_DATABASE_POOL_SIZE", "3", "TRADEPOST_DATABASE_PREPARED", "false");
    assertThat(plan(use))
        .allSatisfy(member -> assertThat(member.settings()).containsAllEntriesOf(use));
  }

  @Test
  void gives_the_administrator_to_auth_alone() {
    assertThat(plan())
        .filteredOn(member -> member.settings().containsKey("TRADEPOST_ADMIN_PASSWORD"))
        .extracting(MemberPlan::name)
        .containsExactly("auth-1");
  }

  @Test
  void names_a_server_that_is_not_configured() {
    var incomplete = new HashMap<>(SERVERS);
    incomplete.remove("TRADEPOST_ORDER_DATABASE_USER");
    var settings = Settings.of(incomplete);
    assertThat(Databases.areConfigured(settings, Services.BUILT_IN)).isTrue();
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(() -> configured(settings))
        .withMessage("TRADEPOST_ORDER_DATABASE_USER is not set");
  }

  @Test
  void takes_the_embedded_server_if_none_is_configured() {
    assertThat(
            Databases.areConfigured(
                Settings.of(Map.of("TRADEPOST_DATABASE_URL", "x")), Services.BUILT_IN))
        .isFalse();
  }

  private List<MemberPlan> plan() {
    return plan(Map.of());
  }

  private List<MemberPlan> plan(Map<String, String> operator) {
    var all = new HashMap<>(SERVERS);
    all.putAll(operator);
    var settings = Settings.of(all);
    var options =
        new ClusterOptions(
            Services.BUILT_IN.withInstances(Map.of("gateway", 2)),
            8080,
            directory,
            directory,
            false,
            false);
    try (var data = DataDirectory.open(directory)) {
      var home =
          new OpenDataDirectory(data, Secrets.of(data), settings, FirstStart.of(data, settings));
      return new ClusterPlan(options, home, configured(settings)).members();
    }
  }

  private static Databases configured(Settings settings) {
    return Databases.of(Services.BUILT_IN, service -> Databases.configured(settings, service));
  }

  private static List<String> setting(List<MemberPlan> plan, String name) {
    return plan.stream().map(member -> member.settings().get(name)).toList();
  }

  private static String members(List<MemberPlan> plan) {
    return String.join(
        ",",
        setting(plan, "TRADEPOST_CLUSTER_PORT").stream()
            .map(port -> Loopback.hostAndPort(Integer.parseInt(port)))
            .toList());
  }
}
