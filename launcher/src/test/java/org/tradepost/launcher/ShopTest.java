package org.tradepost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
  @TempDir static Path directory;
  private static TestShop shop;

  @BeforeAll
  static void start() {
    shop = TestShop.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void serves_a_customer_from_registration_to_cancellation() {
    assertThat(shop.faultsOfDemo()).isEmpty();
  }

  @Test
  void begins_with_the_sample_catalogue() {
    assertThat(shop.products()).isEqualTo(SampleCatalogue.products().size());
  }

  @Test
  void keeps_the_auth_role_out_of_the_orders_database() {
    Databases databases = shop.databases();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> TestServer.ask("jdbc:" + databases.orders().url(), databases.auth(), "select 1"))
        .withMessageContaining("permission denied for database \"orders\"");
  }

  @Test
  void runs_beside_another_without_meeting_it(@TempDir Path elsewhere) {
    try (TestShop other = TestShop.startEmpty(elsewhere)) {
      assertThat(other.products()).isZero();
      assertThat(shop.faultsOfDemo()).isEmpty();
    }
  }

  @Test
  void refuses_a_port_that_is_taken_before_it_touches_anything(@TempDir Path elsewhere) {
    Path data = elsewhere.resolve("data");
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> TestShop.startAt(shop.port(), data))
        .withMessageContaining("is taken by another program; choose another with --port");
    assertThat(data).doesNotExist();
  }

  @Test
  void refuses_a_data_directory_that_is_in_use() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> TestShop.start(directory))
        .withMessageContaining("is in use by another Tradepost");
  }
}
