package org.tradepost.launcher.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.postgres.RunningServer;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.proof.audit.AuditedDatabase;

/**
 * A healthy shop, and any number of damaged ones, in the databases of one embedded server. Each has
 * its own schema, which takes a fraction of the time that a copy of a database takes.
 */
final class AuditTestDatabases implements AutoCloseable {
  private final TestServer server;
  private final Secrets secrets;
  private final String orders;
  private final String product;
  private int made;

  private AuditTestDatabases(TestServer server) {
    this.server = server;
    this.secrets = server.secrets();
    var healthy = new ConsistentDatabases();
    this.orders = migrations("orders", "db/order") + healthy.orders();
    this.product = migrations("product", "db/product") + healthy.product();
  }

  static AuditTestDatabases start(Path directory) throws SQLException {
    var shops = new AuditTestDatabases(TestServer.start(directory));
    shops.make("orders", "public", shops.orders);
    shops.make("product", "public", shops.product);
    return shops;
  }

  /** The statements that make a service's tables, in the order in which Flyway runs them. */
  private String migrations(String database, String folder) {
    var flyway =
        Flyway.configure()
            .dataSource("jdbc:" + server.url(database), "postgres", secrets.superuser())
            .locations("classpath:" + folder)
            .load();
    return Stream.of(flyway.info().all())
        .map(migration -> text("/" + folder + "/" + migration.getScript()))
        .collect(Collectors.joining());
  }

  private static String text(String resource) {
    try (var content = AuditTestDatabases.class.getResourceAsStream(resource)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A healthy shop's order database after {@code damage}, if it is not blank. */
  AuditedDatabase orders(String damage) throws SQLException {
    return damaged("order", "orders", orders, damage);
  }

  /** A healthy shop's product database after {@code damage}, if it is not blank. */
  AuditedDatabase product(String damage) throws SQLException {
    return damaged("product", "product", product, damage);
  }

  private AuditedDatabase damaged(String service, String database, String healthy, String damage)
      throws SQLException {
    var schema = "public";
    if (!damage.isBlank()) {
      schema = "damaged_" + ++made;
      make(database, schema, healthy + ConsistentDatabases.withIds(damage));
    }
    return new AuditedDatabase(
        service,
        server.url(database) + "?currentSchema=" + schema,
        RunningServer.AUDIT_ROLE,
        secrets.password("audit"));
  }

  private void make(String database, String schema, String sql) throws SQLException {
    TestServer.ask(
        superuser(server.url(database)),
        "create schema if not exists %1$s; set search_path to %1$s;\n".formatted(schema) + sql);
  }

  /** Changes the database of a shop, damaged or not. */
  void change(AuditedDatabase database, String sql) {
    try {
      TestServer.ask(superuser(database.url()), ConsistentDatabases.withIds(sql));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServiceDatabase superuser(String url) {
    return new ServiceDatabase(url, "postgres", secrets.superuser());
  }

  /** A database of the server, accessed with the role of the audit. */
  ServiceDatabase asAudit(String database) {
    return new ServiceDatabase(
        server.url(database), RunningServer.AUDIT_ROLE, secrets.password("audit"));
  }

  @Override
  public void close() {
    server.close();
  }
}
