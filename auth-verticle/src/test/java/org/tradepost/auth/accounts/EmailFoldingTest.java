package org.tradepost.auth.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthConfig;
import org.tradepost.auth.AuthFixture;
import org.tradepost.platform.sql.Database;

/** Uses accounts of the previous version, which ignored only the case of emails. */
class EmailFoldingTest {

  private Database database;
  private AccountRepository accounts;
  private EmailFolding folding;

  @BeforeEach
  void open() {
    var config = AuthConfig.from(AuthFixture.settings());
    database =
        await(Database.open(AuthFixture.shared().node().vertx(), config.database(), "db/auth"));
    accounts = new AccountRepository(database);
    folding = new EmailFolding(database);
  }

  @AfterEach
  void close() {
    await(database.close());
  }

  @Test
  void an_account_is_found_as_before_and_then_however_it_is_written() {
    var id = insertUnfolded("zoe\u0308@münchen.de");
    assertThat(find("ZOË@MÜNCHEN.de")).contains(id);
    assertThat(find("zoë@xn--mnchen-3ya.de")).isEmpty();
    await(folding.all());
    assertThat(find("zoë@xn--mnchen-3ya.de")).contains(id);
    assertThat(insert("ZOË@xn--mnchen-3ya.de")).isEmpty();
  }

  @Test
  void of_two_accounts_that_fold_alike_each_keeps_its_email() {
    var one = insertUnfolded("straße@example.org");
    var other = insertUnfolded("strasse@example.org");
    await(folding.all());
    assertThat(find("STRAßE@example.org")).contains(one);
    assertThat(find("STRASSE@example.org")).contains(other);
    assertThat(insert("stra\u1E9Ee@example.org")).isEmpty();
  }

  @Test
  void folds_by_the_rules_of_an_earlier_build_are_made_anew() throws IOException {
    var id = insertUnfolded("ada@straße.de");
    await(
        database.query(
            "update account set email_fold = 'ada@strasse.de' where id = $1", Tuple.of(id)));
    assertThat(find("ada@strasse.de")).contains(id);
    try (var migration =
        EmailFolding.class.getResourceAsStream("/db/auth/V3__folds_of_domains.sql")) {
      await(database.query(new String(migration.readAllBytes(), StandardCharsets.UTF_8)));
    }
    await(folding.all());
    assertThat(find("ada@xn--strae-oqa.de")).contains(id);
    assertThat(find("ada@strasse.de")).isEmpty();
  }

  @Test
  void all_are_folded_and_again_is_no_harm() {
    for (var i = 0; i < 1_100; i++) {
      insertUnfolded("user%s@example.org".formatted(i));
    }
    insertUnfolded("USERX\u200B@example.org");
    await(folding.all());
    await(folding.all());
    assertThat(await(database.query("select 1 from account where email_fold is null")).size())
        .isZero();
  }

  @Test
  void nobody_registers_what_an_account_that_was_not_folded_yet_has() {
    insertUnfolded("ada@example.org");
    assertThat(insert("ADA@example.org")).isEmpty();
  }

  /** Inserts an account as the previous version did. */
  private UUID insertUnfolded(String address) {
    var id = UUID.randomUUID();
    await(
        database.query(
            "insert into account (id, email, email_key, name, password_hash, roles)"
                + " values ($1, $2, $3, 'Ada', 'hash', '{customer}')",
            Tuple.of(id, address, Email.of(address).key())));
    return id;
  }

  private Optional<UUID> find(String address) {
    return await(accounts.find(Email.of(address))).map(StoredAccount::id);
  }

  private Optional<StoredAccount> insert(String address) {
    return await(accounts.insert(Email.of(address), "Ada", "hash", List.of("customer")));
  }
}
