package org.tradepost.launcher;

import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.tradepost.launcher.audit.AuditedDatabase;

/** Databases of healthy shops, as many as are damaged, on one embedded server. */
final class AuditShops implements AutoCloseable {
  private final TestServer server;
  private final Secrets secrets;
  private int made;

  private AuditShops(TestServer server) {
    this.server = server;
    this.secrets = server.secrets();
  }

  static AuditShops start(Path directory) throws SQLException {
    AuditShops shops = new AuditShops(TestServer.start(directory));
    HealthyShop healthy = new HealthyShop();
    // Nothing of this outlives the test, and every shop is a database to be written.
    shops.superuser("postgres", "alter system set fsync = off");
    shops.superuser("postgres", "select pg_reload_conf()");
    shops.fill(shops.server.server().databases().orders(), "db/order", healthy.orders());
    shops.fill(shops.server.server().databases().product(), "db/product", healthy.product());
    return shops;
  }

  private void fill(ServiceDatabase database, String migrations, String sql) throws SQLException {
    Flyway.configure()
        .dataSource("jdbc:" + database.url(), database.user(), database.password())
        .locations("classpath:" + migrations)
        .load()
        .migrate();
    TestServer.ask(database, sql);
  }

  /** A healthy shop's order database after {@code damage}, if it is not blank. */
  AuditedDatabase orders(String damage) throws SQLException {
    return damaged("order", "orders", damage);
  }

  /** A healthy shop's product database after {@code damage}, if it is not blank. */
  AuditedDatabase product(String damage) throws SQLException {
    return damaged("product", "product", damage);
  }

  private AuditedDatabase damaged(String service, String template, String damage)
      throws SQLException {
    if (damage.isBlank()) {
      return audited(service, template);
    }
    String name = template + "_" + ++made;
    superuser("postgres", "create database " + name + " template " + template);
    superuser(name, HealthyShop.filled(damage));
    return audited(service, name);
  }

  private AuditedDatabase audited(String service, String name) {
    return new AuditedDatabase(service, url(name), AuditRole.NAME, secrets.audit());
  }

  /** The order database of the server itself, with the role that audits. */
  AuditedDatabase embeddedOrders() {
    return audited("order", "orders");
  }

  /** Changes a database that was damaged already. */
  void change(AuditedDatabase database, String sql) {
    try {
      TestServer.ask(
          new ServiceDatabase(database.url(), "postgres", secrets.superuser()),
          HealthyShop.filled(sql));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void superuser(String name, String sql) throws SQLException {
    TestServer.ask(new ServiceDatabase(url(name), "postgres", secrets.superuser()), sql);
  }

  private String url(String name) {
    return "postgresql://127.0.0.1:" + server.server().port() + "/" + name;
  }

  @Override
  public void close() {
    server.close();
  }
}
