package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.login.LoginAttempt;
import org.tradepost.auth.login.LoginFailureRepository;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.auth.sessions.SessionRepository;
import org.tradepost.auth.sessions.SigningKey;
import org.tradepost.auth.sessions.SigningKeyRepository;
import org.tradepost.platform.sql.Database;

class HousekeepingTest {

  private static final Buffer HASH = Buffer.buffer("a hash");

  private final Vertx vertx = AuthFixture.shared().node().vertx();
  private final AuthConfig config = AuthConfig.from(AuthFixture.settings());
  private Database database;
  private SessionRepository sessions;

  @BeforeEach
  void open() {
    database = await(Database.open(vertx, config.database(), "db/auth"));
    sessions = new SessionRepository(database, config.lifetimes());
    var account =
        await(
                new AccountRepository(database)
                    .insert(Email.of("a@b.org"), "Ada", "hash", List.of("customer")))
            .orElseThrow();
    assertThat(await(sessions.open(account.id(), "hash", HASH))).isPresent();
  }

  @AfterEach
  void close() {
    await(database.close());
  }

  @Test
  void a_live_session_is_kept() {
    await(sessions.prune());
    assertThat(count("session")).isEqualTo(1);
    assertThat(count("refresh_token")).isEqualTo(1);
  }

  @Test
  void an_expired_session_is_forgotten_with_its_tokens() {
    sql("update session set expires_at = now() - interval '2 hours'");
    await(sessions.prune());
    assertThat(count("session")).isZero();
    assertThat(count("refresh_token")).isZero();
  }

  @Test
  void an_ended_session_is_known_until_its_tokens_have_expired() {
    sql("update session set ended_at = now()");
    await(sessions.prune());
    assertThat(await(sessions.revoked())).hasSize(1);
    // A verifier's clock may be a minute behind, and it accepts tokens for five more seconds.
    sql("update session set access_expires_at = now() - interval '66 seconds'");
    assertThat(await(sessions.revoked())).hasSize(1);
    sql("update session set access_expires_at = now() - interval '2 minutes'");
    assertThat(await(sessions.revoked())).isEmpty();
    sql("update session set access_expires_at = now() - interval '2 hours'");
    await(sessions.prune());
    assertThat(count("session")).isZero();
  }

  @Test
  void an_expired_token_is_forgotten() {
    sql("update refresh_token set expires_at = now() - interval '2 hours'");
    await(sessions.prune());
    assertThat(count("refresh_token")).isZero();
  }

  @Test
  void many_tokens_of_an_ended_session_are_removed_in_steps_and_before_it() {
    sql("update session set ended_at = now(), access_expires_at = now() - interval '2 hours'");
    sql(
        """
        insert into refresh_token (hash, session_id, expires_at)
        select int8send(number), id, session.expires_at from session, generate_series(1, 500) number
        """);
    assertThat(await(sessions.prune())).isTrue();
    assertThat(count("refresh_token")).isEqualTo(1);
    assertThat(count("session")).isEqualTo(1);
    assertThat(await(sessions.prune())).isFalse();
    assertThat(count("session")).isZero();
  }

  @Test
  void many_expired_tokens_and_sessions_are_removed_in_steps() {
    sql(
        """
        with old as (
          insert into session (id, account_id, expires_at, access_expires_at)
          select gen_random_uuid(), account_id, now() - interval '2 hours', now()
          from session, generate_series(1, 501)
          returning id, expires_at)
        insert into refresh_token (hash, session_id, expires_at)
        select uuid_send(id), id, expires_at from old
        """);
    assertThat(await(sessions.prune())).isTrue();
    assertThat(count("refresh_token")).isEqualTo(2);
    assertThat(count("session")).isEqualTo(502);
    assertThat(await(sessions.prune())).isTrue();
    assertThat(count("refresh_token")).isEqualTo(1);
    assertThat(count("session")).isEqualTo(2);
    assertThat(await(sessions.prune())).isFalse();
    assertThat(count("session")).isEqualTo(1);
  }

  @Test
  void many_failures_and_places_are_removed_in_steps() {
    sql(
        """
        insert into login_failure (email_hash, failures, failed_at)
        select int8send(number), 1, now() - interval '25 hours' from generate_series(1, 501) number
        """);
    sql(
        """
        insert into known_place (account_id, place, seen_at)
        select id, int8send(number), now() - interval '91 days'
        from account, generate_series(1, 501) number
        """);
    var failures = new LoginFailureRepository(database);
    assertThat(await(failures.prune())).isTrue();
    assertThat(count("login_failure")).isEqualTo(1);
    assertThat(await(failures.prune())).isFalse();
    var addresses = new KnownAddressRepository(database);
    assertThat(await(addresses.prune())).isTrue();
    assertThat(count("known_place")).isEqualTo(1);
    assertThat(await(addresses.prune())).isFalse();
  }

  @Test
  void failures_are_forgotten_after_a_day() {
    var failures = new LoginFailureRepository(database);
    await(failures.count(LoginAttempt.fromKnownAddress(Email.of("a@b.org"), "")));
    await(failures.prune());
    assertThat(count("login_failure")).isEqualTo(1);
    sql("update login_failure set failed_at = now() - interval '25 hours'");
    await(failures.prune());
    assertThat(count("login_failure")).isZero();
  }

  @Test
  void a_place_is_forgotten_where_nobody_was_for_ninety_days() {
    var addresses = new KnownAddressRepository(database);
    var accounts = new AccountRepository(database);
    var email = Email.of("a@b.org");
    var account = await(accounts.find(email)).orElseThrow();
    await(addresses.remember(account.id(), "192.0.2.1"));
    sql("update known_place set seen_at = now() - interval '89 days'");
    await(addresses.prune());
    assertThat(await(accounts.find(email, "192.0.2.1")).orElseThrow().addressIsKnown()).isTrue();
    sql("update known_place set seen_at = now() - interval '91 days'");
    await(addresses.prune());
    assertThat(await(accounts.find(email, "192.0.2.1")).orElseThrow().addressIsKnown()).isFalse();
  }

  @Test
  void a_key_that_is_not_published_is_forgotten() throws Exception {
    var keys = new SigningKeyRepository(database);
    await(keys.addFirst(SigningKey.generate()));
    await(keys.prune());
    assertThat(count("signing_key")).isEqualTo(1);
    sql("update signing_key set published_until = now() - interval '1 second'");
    await(keys.prune());
    assertThat(count("signing_key")).isZero();
  }

  @Test
  void a_session_is_not_opened_with_a_password_that_has_changed_since() {
    var account = await(new AccountRepository(database).find(Email.of("a@b.org"))).orElseThrow();
    assertThat(await(sessions.open(account.id(), "another hash", Buffer.buffer("another"))))
        .isEqualTo(Optional.empty());
  }

  private void sql(String sql) {
    await(database.query(sql));
  }

  private int count(String table) {
    return await(database.query("select count(*) from " + table)).iterator().next().getInteger(0);
  }
}
