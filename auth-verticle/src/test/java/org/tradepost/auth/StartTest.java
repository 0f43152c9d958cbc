package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.FirstAdministrator;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.auth.sessions.SessionRepository;
import org.tradepost.auth.sessions.SigningKeyRepository;
import org.tradepost.auth.sessions.SigningKeys;
import org.tradepost.auth.sessions.TrustPublisher;
import org.tradepost.platform.sql.Database;

class StartTest {

  private final Vertx vertx = AuthFixture.shared().node().vertx();
  private final AuthConfig config = AuthConfig.from(AuthFixture.settings());
  private List<Database> databases;

  @BeforeEach
  void open() {
    // Three instances migrate at once.
    var opened =
        IntStream.range(0, 3)
            .mapToObj(i -> Database.open(vertx, config.database(), "db/auth"))
            .toList();
    databases = await(Future.all(opened)).list();
  }

  @AfterEach
  void close() {
    await(Future.join(databases.stream().map(Database::close).toList()));
  }

  @Test
  void several_instances_make_one_key() {
    onEach(database -> keys(database).prepare());
    assertThat(count("signing_key")).isEqualTo(1);
  }

  @Test
  void several_instances_rotate_to_one_key() {
    await(keys(databases.get(0)).prepare());
    onEach(database -> keys(database).rotate(null, null));
    assertThat(count("signing_key")).isEqualTo(2);
  }

  @Test
  void several_instances_make_one_administrator() {
    onEach(database -> administrator(database).prepare(config.administrator().orElseThrow()));
    assertThat(count("account where roles = '{admin,customer}'")).isEqualTo(1);
  }

  @Test
  void an_account_that_exists_is_not_changed() {
    var accounts = new AccountRepository(databases.get(0));
    var email = config.administrator().orElseThrow().email();
    var made = await(accounts.insert(email, "Ada", "hash", List.of("customer")));
    await(administrator(databases.get(0)).prepare(config.administrator().orElseThrow()));
    assertThat(await(accounts.find(email))).isEqualTo(made);
  }

  @Test
  void an_email_of_somebody_who_is_no_administrator_is_reported() {
    var accounts = new AccountRepository(databases.get(0));
    var email = config.administrator().orElseThrow().email();
    await(accounts.insert(email, "Ada", "hash", List.of("customer")));
    assertThat(warnings()).singleElement().asString().contains("TRADEPOST_ADMIN_EMAIL");
    await(databases.get(0).query("update account set roles = '{admin,customer}'"));
    assertThat(warnings()).isEmpty();
    await(databases.get(0).query("update account set disabled = true"));
    assertThat(warnings()).singleElement().asString().contains("TRADEPOST_ADMIN_EMAIL");
  }

  /** Returns what is logged while the administrator is prepared. */
  private List<String> warnings() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    var log = (Logger) LoggerFactory.getLogger(FirstAdministrator.class);
    log.addAppender(appender);
    await(administrator(databases.get(0)).prepare(config.administrator().orElseThrow()));
    log.detachAppender(appender);
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void onEach(Function<Database, Future<?>> work) {
    await(Future.all(databases.stream().map(work).toList()));
  }

  private SigningKeys keys(Database database) {
    var repository = new SigningKeyRepository(database);
    var trust =
        new TrustPublisher(
            AuthFixture.shared().node(),
            repository,
            new SessionRepository(database, config.lifetimes()));
    return new SigningKeys(vertx, repository, config.lifetimes(), trust);
  }

  private FirstAdministrator administrator(Database database) {
    return new FirstAdministrator(
        new AccountRepository(database),
        new PasswordHashing(vertx, AuthFixture.HASHING_COST, config.maxHashings()));
  }

  private int count(String from) {
    return await(databases.get(0).query("select count(*) from " + from))
        .iterator()
        .next()
        .getInteger(0);
  }
}
