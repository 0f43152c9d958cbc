package org.tradepost.launcher.startup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.services.Databases;

/** Says what runs where and what to try next. */
public final class Announcement {
  private final URI url;
  private final Optional<Administrator> newAdministrator;
  private final List<String> rows = new ArrayList<>();

  /**
   * Starts an announcement.
   *
   * @param newAdministrator the administrator, if this is a first start
   */
  public Announcement(URI url, Optional<Administrator> newAdministrator) {
    this.url = url;
    this.newAdministrator = newAdministrator;
  }

  public Announcement row(String name, String value) {
    rows.add("  %-14s %s".formatted(name, value));
    return this;
  }

  /** Adds how to connect to the databases. */
  public Announcement databases(Databases databases, DataDirectory data) {
    databases
        .byService()
        .values()
        .forEach(database -> row("database", "psql " + database.psqlUrl()));
    return row("", "passwords in " + data.secrets() + ", unless you set them");
  }

  /** The whole text; it contains a generated password at the first start only. */
  public String text() {
    newAdministrator.ifPresent(this::administrator);
    return """
        Tradepost is up.

        %s

        Try next:

        %s

        Or watch a customer place an order:

          ./tradepost demo --url %s

        Ctrl-C stops everything.\
        """
        .formatted(String.join("\n", rows), commands(), url);
  }

  private void administrator(Administrator administrator) {
    row("administrator", administrator.email());
    row(
        "",
        administrator.generated()
            ? "password " + administrator.password() + " (random, not shown again)"
            : "with the password in TRADEPOST_ADMIN_PASSWORD");
  }

  private String commands() {
    return """
          curl -sw '\\n' '%s/v1/products?q=coffee&limit=3'
          curl -sw '\\n' '%s/v1/auth/register' -H 'content-type: application/json' \\
            -d '{"email":"robin@example.org","password":"a long walk to the sea","name":"Robin"}'
          curl -sw '\\n' '%s/v1/auth/login' -H 'content-type: application/json' \\
            -d '{"email":"robin@example.org","password":"a long walk to the sea"}'\
        """
        .formatted(url, url, url);
  }
}
