package org.tradepost.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.session;
import static org.tradepost.common.contract.auth.AccountContract.CHANGE_PASSWORD;
import static org.tradepost.common.contract.auth.AccountContract.ME;
import static org.tradepost.common.contract.auth.AuthContract.END_SESSION;
import static org.tradepost.common.contract.auth.AuthContract.LIST_SESSIONS;
import static org.tradepost.common.contract.auth.AuthContract.LOGIN;
import static org.tradepost.common.contract.auth.AuthContract.LOGOUT;
import static org.tradepost.common.contract.auth.AuthContract.REFRESH;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.contract.auth.AuthContract.EndSession;
import org.tradepost.common.contract.auth.AuthContract.ListSessions;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthContract.Logout;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.Session;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.error.FieldError;
import org.tradepost.platform.sql.Cursor;

class SessionsTest {

  private static final String NEW_PASSWORD = "a louder analytical engine";

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void each_login_is_a_session() {
    var email = auth.register();
    var first = auth.login(email);
    var second = auth.login(email);
    var listed = auth.call(LIST_SESSIONS, second.accessToken(), new ListSessions(20, null));
    assertThat(listed.items())
        .extracting(Session::id, Session::current)
        .containsExactly(tuple(session(second), true), tuple(session(first), false));
    assertThat(listed.nextCursor()).isNull();
  }

  @Test
  void pages_hold_every_session_once() {
    var email = auth.register();
    var expected = new ArrayList<UUID>();
    var token = "";
    for (var i = 0; i < 5; i++) {
      var tokens = auth.login(email);
      expected.add(0, session(tokens));
      token = tokens.accessToken();
    }
    var found = new ArrayList<UUID>();
    String cursor = null;
    do {
      var page = auth.call(LIST_SESSIONS, token, new ListSessions(2, cursor));
      page.items().forEach(session -> found.add(session.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void the_oldest_sessions_end_when_an_account_has_too_many() {
    var email = auth.register();
    var first = auth.login(email);
    auth.sql(
        """
        insert into session (id, account_id, created_at, expires_at, access_expires_at)
        select gen_random_uuid(), account_id, created_at + number * interval '1 microsecond',
               expires_at, access_expires_at
        from session cross join generate_series(1, 1005) as number where id = $1
        """,
        session(first));
    var last = auth.login(email);
    assertEnded(first);
    assertLive(last);
    var open =
        auth.sql(
            """
            select 1 from session
            where account_id = (select account_id from session where id = $1) and ended_at is null
            """,
            session(last));
    assertThat(open.size()).isEqualTo(1_000);
  }

  @Test
  void a_cursor_that_no_page_gave_is_rejected() {
    var token = auth.login(auth.register()).accessToken();
    var id = UUID.randomUUID().toString();
    var subject = AuthFixture.claims(token).getString("sub");
    var mine = SessionCursor.listing(UUID.fromString(subject));
    for (var cursor :
        List.of(
            "x",
            "%%%",
            Cursor.write("sessions", List.of("2026-01-01T00:00:00Z", id)),
            Cursor.write(
                SessionCursor.listing(UUID.randomUUID()), List.of("2026-01-01T00:00:00Z", id)),
            Cursor.write(mine, List.of("now", id)),
            Cursor.write(mine, List.of("+99999-01-01T00:00:00Z", id)),
            Cursor.write(mine, List.of("-999999999-01-01T00:00:00Z", id)),
            Cursor.write(mine, List.of("infinity", id)),
            Cursor.write(mine, List.of("2026-01-01T00:00:00Z", "1")))) {
      assertThat(auth.rejected(LIST_SESSIONS, token, new ListSessions(20, cursor)).code())
          .as(cursor)
          .isEqualTo("INVALID_CURSOR");
    }
  }

  @Test
  void an_ended_session_is_over_everywhere() {
    var email = auth.register();
    var mine = auth.login(email);
    var lost = auth.login(email);
    auth.call(END_SESSION, mine.accessToken(), new EndSession(session(lost)));
    assertEnded(lost);
    assertLive(mine);
    assertThat(auth.call(LIST_SESSIONS, mine.accessToken(), new ListSessions(20, null)).items())
        .extracting(Session::id)
        .containsExactly(session(mine));
  }

  @Test
  void nobody_ends_a_session_of_another() {
    var theirs = auth.login(auth.register());
    var mine = auth.login(auth.register());
    assertThat(
            auth.rejected(END_SESSION, mine.accessToken(), new EndSession(session(theirs))).code())
        .isEqualTo("NOT_FOUND");
    assertLive(theirs);
  }

  @Test
  void a_session_ends_once() {
    var email = auth.register();
    var mine = auth.login(email);
    var other = new EndSession(session(auth.login(email)));
    auth.call(END_SESSION, mine.accessToken(), other);
    assertThat(auth.rejected(END_SESSION, mine.accessToken(), other).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void what_is_no_id_is_rejected() {
    var token = auth.login(auth.register()).accessToken();
    var rejection = auth.rejected(END_SESSION, token, "{\"id\":\"1\"}");
    assertThat(rejection.errors()).extracting(FieldError::pointer).containsExactly("/id");
  }

  @Test
  void a_logout_ends_the_session() {
    var tokens = auth.login(auth.register());
    auth.call(LOGOUT, null, new Logout(tokens.refreshToken()));
    assertEnded(tokens);
  }

  @Test
  void a_logout_with_an_unknown_token_is_fine() {
    assertThat(auth.call(LOGOUT, null, new Logout("nobody's"))).isNull();
  }

  @Test
  void a_new_password_ends_the_other_sessions() {
    var email = auth.register();
    var mine = auth.login(email);
    var other = auth.login(email);
    auth.call(CHANGE_PASSWORD, mine.accessToken(), new ChangePassword(PASSWORD, NEW_PASSWORD));
    assertEnded(other);
    assertLive(mine);
  }

  @Test
  void a_new_password_replaces_the_old() {
    var email = auth.register();
    var token = auth.login(email).accessToken();
    auth.call(CHANGE_PASSWORD, token, new ChangePassword(PASSWORD, NEW_PASSWORD));
    assertThat(auth.rejected(LOGIN, null, new Login(email, PASSWORD)).code())
        .isEqualTo("INVALID_CREDENTIALS");
    assertThat(auth.login(email, NEW_PASSWORD)).isNotNull();
  }

  @Test
  void a_wrong_current_password_changes_nothing() {
    var email = auth.register();
    var mine = auth.login(email);
    var other = auth.login(email);
    var wrong = new ChangePassword("wrong", NEW_PASSWORD);
    assertThat(auth.rejected(CHANGE_PASSWORD, mine.accessToken(), wrong).code())
        .isEqualTo("INVALID_CREDENTIALS");
    assertThat(auth.refresh(other)).isNotNull();
    assertThat(auth.login(email)).isNotNull();
  }

  @Test
  void a_new_password_follows_the_rules() {
    var token = auth.login(auth.register()).accessToken();
    var rejection = auth.rejected(CHANGE_PASSWORD, token, new ChangePassword(PASSWORD, "short"));
    assertThat(rejection.errors())
        .containsExactly(new FieldError("/newPassword", "must have at least 15 characters"));
  }

  private void assertLive(Tokens tokens) {
    assertThat(auth.call(ME, tokens.accessToken(), Empty.NOTHING)).isNotNull();
    assertThat(auth.refresh(tokens)).isNotNull();
  }

  private void assertEnded(Tokens tokens) {
    assertThat(auth.rejected(REFRESH, null, new Refresh(tokens.refreshToken())).code())
        .isEqualTo("INVALID_REFRESH_TOKEN");
    await()
        .untilAsserted(
            () ->
                assertThat(auth.rejected(ME, tokens.accessToken(), Empty.NOTHING).code())
                    .isEqualTo("UNAUTHENTICATED"));
  }
}
