package org.tradepost.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.sql.DatabaseUrl;

class SettingsTest {

  private static final Map<String, String> DATABASE =
      Map.of(
          "TRADEPOST_DATABASE_URL", "postgresql://db.example:5433/orders",
          "TRADEPOST_DATABASE_USER", "orders",
          "TRADEPOST_DATABASE_PASSWORD", "secret");

  @Test
  void what_is_not_set_has_a_default() {
    var settings = Settings.of(Map.of("EMPTY", "  "));
    assertThat(settings.text("EMPTY", "x")).isEqualTo("x");
    assertThat(settings.integer("NONE", 7, 0, 9)).isEqualTo(7);
    assertThat(settings.list("NONE")).isEmpty();
  }

  @Test
  void the_environment_wins_over_the_file_where_it_is_not_empty(@TempDir Path directory)
      throws IOException {
    var file = Files.writeString(directory.resolve("file"), "TRADEPOST_A=1\nTRADEPOST_B=2\n");
    var settings =
        Settings.fromEnvironment(
            Map.of("TRADEPOST_CONFIG", file.toString(), "TRADEPOST_A", " ", "TRADEPOST_B", "3"));
    assertThat(settings.text("TRADEPOST_A", "")).isEqualTo("1");
    assertThat(settings.text("TRADEPOST_B", "")).isEqualTo("3");
  }

  @Test
  void what_is_missing_is_named() {
    assertThatThrownBy(() -> Settings.of(Map.of()).required("TRADEPOST_X"))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessage("TRADEPOST_X is not set");
  }

  @Test
  void what_is_no_number_or_out_of_range_is_named() {
    var settings = Settings.of(Map.of("A", "ten", "B", "70000"));
    assertThatThrownBy(() -> settings.integer("A", 1, 0, 9)).hasMessageContaining("A must be");
    assertThatThrownBy(() -> settings.port("B", 1)).hasMessageContaining("B must be between");
  }

  @Test
  void a_list_is_split_at_commas() {
    assertThat(Settings.of(Map.of("L", "a:1, b:2,,")).list("L")).containsExactly("a:1", "b:2");
  }

  @Test
  void a_database_is_read_from_its_url() {
    var database = DatabaseConfig.from(Settings.of(DATABASE));
    assertThat(database.url().hosts()).containsExactly(new DatabaseUrl.Host("db.example", 5433));
    assertThat(database.url().name()).isEqualTo("orders");
  }

  @Test
  void a_wrong_database_url_is_named() {
    for (var url : new String[] {"mysql://h/x", "postgresql://h", "not a url", "postgresql:///x"}) {
      var settings = new HashMap<>(DATABASE);
      settings.put("TRADEPOST_DATABASE_URL", url);
      assertThatThrownBy(() -> DatabaseConfig.from(Settings.of(settings)))
          .as(url)
          .hasMessageContaining("TRADEPOST_DATABASE_URL");
    }
  }

  @Test
  void each_missing_database_setting_is_named() {
    for (var name : DATABASE.keySet()) {
      var settings = new HashMap<>(DATABASE);
      settings.remove(name);
      assertThatThrownBy(() -> DatabaseConfig.from(Settings.of(settings)))
          .hasMessage(name + " is not set");
    }
  }

  @Test
  void a_short_cluster_secret_is_rejected() {
    assertThatThrownBy(
            () -> NodeConfig.from(Settings.of(Map.of("TRADEPOST_CLUSTER_SECRET", "short"))))
        .hasMessageContaining("TRADEPOST_CLUSTER_SECRET");
    assertThatThrownBy(() -> NodeConfig.from(Settings.of(Map.of())))
        .hasMessage("TRADEPOST_CLUSTER_SECRET is not set");
  }
}
