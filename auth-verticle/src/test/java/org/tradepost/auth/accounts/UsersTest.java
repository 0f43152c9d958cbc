package org.tradepost.auth.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.tradepost.auth.AuthFixture.ADMIN_EMAIL;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.session;
import static org.tradepost.common.contract.auth.AccountContract.GET_USER;
import static org.tradepost.common.contract.auth.AccountContract.LIST_USERS;
import static org.tradepost.common.contract.auth.AccountContract.ME;
import static org.tradepost.common.contract.auth.AccountContract.UPDATE_USER;
import static org.tradepost.common.contract.auth.AuthContract.END_USER_SESSION;
import static org.tradepost.common.contract.auth.AuthContract.LIST_USER_SESSIONS;
import static org.tradepost.common.contract.auth.AuthContract.LOGIN;
import static org.tradepost.common.contract.auth.AuthContract.REFRESH;
import static org.tradepost.common.contract.auth.AuthContract.ROTATE_KEYS;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.auth.AccountContract.Account;
import org.tradepost.common.contract.auth.AccountContract.GetUser;
import org.tradepost.common.contract.auth.AccountContract.ListUsers;
import org.tradepost.common.contract.auth.AccountContract.UpdateUser;
import org.tradepost.common.contract.auth.AuthContract.EndUserSession;
import org.tradepost.common.contract.auth.AuthContract.ListUserSessions;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.Session;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.platform.testing.TestNode;

class UsersTest {

  private final AuthFixture auth = AuthFixture.shared();
  private String admin;

  @BeforeEach
  void log_in() {
    admin = auth.adminToken();
  }

  @Test
  void an_account_is_found_by_its_email_in_whatever_case() {
    var email = auth.register();
    var found = find(email.toUpperCase(Locale.ROOT));
    assertThat(found.email()).isEqualTo(email);
    assertThat(found.disabled()).isFalse();
    assertThat(auth.call(GET_USER, admin, new GetUser(found.id()))).isEqualTo(found);
  }

  @Test
  void an_administrator_sees_and_ends_the_sessions_of_an_account() {
    var email = auth.register();
    var first = auth.login(email);
    var second = auth.login(email);
    var account = find(email).id();
    var listed = auth.call(LIST_USER_SESSIONS, admin, new ListUserSessions(account, 20, null));
    assertThat(listed.items())
        .extracting(Session::id, Session::current)
        .containsExactly(tuple(session(second), false), tuple(session(first), false));
    auth.call(END_USER_SESSION, admin, new EndUserSession(account, session(first)));
    assertThat(auth.rejected(REFRESH, null, new Refresh(first.refreshToken())).code())
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(auth.refresh(second)).isNotNull();
    var elsewhere = new EndUserSession(UUID.randomUUID(), session(second));
    assertThat(auth.rejected(END_USER_SESSION, admin, elsewhere).code()).isEqualTo("NOT_FOUND");
    var unknown = new ListUserSessions(UUID.randomUUID(), 20, null);
    assertThat(auth.rejected(LIST_USER_SESSIONS, admin, unknown).code()).isEqualTo("NOT_FOUND");
    var mine = new ListUserSessions(account, 20, null);
    assertThat(auth.rejected(LIST_USER_SESSIONS, second.accessToken(), mine).code())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void no_account_is_an_empty_page() {
    assertThat(auth.call(LIST_USERS, admin, new ListUsers("nobody@x.org", 20, null)).items())
        .isEmpty();
  }

  @Test
  void pages_hold_every_account_once() {
    for (var i = 0; i < 5; i++) {
      auth.register();
    }
    var found = new ArrayList<String>();
    String cursor = null;
    do {
      var page = auth.call(LIST_USERS, admin, new ListUsers(null, 3, cursor));
      page.items().forEach(account -> found.add(account.email()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(found).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
  }

  /** Uses letters of four bytes and many addresses with the same beginning. */
  @Test
  void a_page_may_end_with_any_address() {
    var letter = "\ud83d\ude00";
    var same = letter.repeat(64) + "@" + letter.repeat(180) + ".";
    var expected = new ArrayList<String>();
    for (var end : List.of("aaaaaa", "bbbbbb", "cccccc", "dddddd")) {
      expected.add(same + end);
      insert(same + end);
    }
    for (var limit : List.of(1, 2, 3)) {
      assertThat(listed(limit, "", cursor -> {})).containsSubsequence(expected);
    }
    // The account at the cursor is deleted between two pages: others may repeat, none is lost.
    var read =
        listed(
            1,
            expected.get(1),
            cursor -> auth.sql("delete from account where email = $1", expected.get(1)));
    assertThat(read).containsSubsequence(expected);
    expected.forEach(email -> auth.sql("delete from account where email = $1", email));
  }

  private List<String> listed(int limit, String end, Consumer<String> atEnd) {
    var found = new ArrayList<String>();
    String cursor = null;
    do {
      var page = auth.call(LIST_USERS, admin, new ListUsers(null, limit, cursor));
      page.items().forEach(account -> found.add(account.email()));
      cursor = page.nextCursor();
      assertThat(cursor == null ? 0 : cursor.length()).isLessThanOrEqualTo(1_024);
      if (found.get(found.size() - 1).equals(end)) {
        atEnd.accept(cursor);
      }
    } while (cursor != null);
    return found;
  }

  private void insert(String email) {
    auth.sql(
        "insert into account (id, email, email_key, name, password_hash, roles)"
            + " values (gen_random_uuid(), $1, $1, 'Ada', '', '{customer}')",
        email);
  }

  @Test
  void a_cursor_that_no_page_gave_is_rejected() {
    var id = UUID.randomUUID().toString();
    for (var cursor :
        List.of(
            "x",
            Cursor.write("users", List.of("a", id)),
            Cursor.write(Cursor.listing("sessions"), List.of("a", id)),
            Cursor.write(Cursor.listing("users"), List.of("a", "b")),
            Cursor.write(Cursor.listing("users"), List.of("\0", id)))) {
      assertThat(auth.rejected(LIST_USERS, admin, new ListUsers(null, 20, cursor)).code())
          .isEqualTo("INVALID_CURSOR");
    }
  }

  @Test
  void customers_are_no_administrators() {
    var token = auth.login(auth.register()).accessToken();
    for (var operation : List.of(LIST_USERS, GET_USER, UPDATE_USER, ROTATE_KEYS)) {
      assertThat(auth.rejected(operation, token, "{}").code()).isEqualTo("FORBIDDEN");
    }
  }

  @Test
  void an_unknown_account_is_not_found() {
    var id = UUID.randomUUID();
    assertThat(auth.rejected(GET_USER, admin, new GetUser(id)).code()).isEqualTo("NOT_FOUND");
    assertThat(auth.rejected(UPDATE_USER, admin, new UpdateUser(id, null, true)).code())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void new_roles_hold_from_the_next_login_and_the_old_sessions_end() {
    var email = auth.register();
    var before = auth.login(email);
    var changed = update(find(email), List.of("admin"), null);
    assertThat(changed.roles()).containsExactly("admin", "customer");
    assertThat(auth.rejected(REFRESH, null, new Refresh(before.refreshToken())).code())
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertRejected(before.accessToken());
    var after = auth.login(email).accessToken();
    assertThat(auth.call(LIST_USERS, after, new ListUsers(email, 20, null)).items()).hasSize(1);
    update(changed, List.of("customer"), null);
    assertRejected(after);
  }

  @Test
  void a_disabled_account_is_locked_out_like_an_unknown_one() {
    var email = auth.register();
    var tokens = auth.login(email);
    var disabled = update(find(email), null, true);
    assertThat(disabled.disabled()).isTrue();
    assertThat(auth.rejected(LOGIN, null, new Login(email, PASSWORD)))
        .isEqualTo(auth.rejected(LOGIN, null, new Login(AuthFixture.newEmail(), PASSWORD)));
    assertThat(auth.rejected(REFRESH, null, new Refresh(tokens.refreshToken())).code())
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertRejected(tokens.accessToken());
    update(disabled, null, false);
    assertThat(auth.login(email)).isNotNull();
  }

  @Test
  void a_change_that_changes_nothing_ends_nothing() {
    var email = auth.register();
    var tokens = auth.login(email);
    update(find(email), List.of("customer"), false);
    assertThat(auth.refresh(tokens)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"roles\":[]}",
        "{\"roles\":null}",
        "{\"disabled\":null}",
        "{\"disabled\":\"yes\"}",
        "{\"roles\":[\"root\"]}",
        "{\"roles\":[\"admin\",\"admin\"]}",
        "{\"roles\":\"admin\"}",
        "{\"email\":\"a@b.org\"}",
      })
  void a_change_against_the_contract_is_rejected(String change) {
    var id = find(auth.register()).id();
    var body =
        change.replaceFirst("\\{", "{\"id\":\"" + id + "\"" + (change.length() > 2 ? "," : ""));
    assertThat(auth.rejected(UPDATE_USER, admin, body).code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void the_last_administrator_stays() {
    var last = find(ADMIN_EMAIL);
    for (var change :
        List.of(
            new UpdateUser(last.id(), List.of("customer"), null),
            new UpdateUser(last.id(), null, true),
            new UpdateUser(last.id(), List.of("customer"), true))) {
      assertThat(auth.rejected(UPDATE_USER, admin, change).code()).isEqualTo("LAST_ADMINISTRATOR");
    }
    assertThat(auth.call(ME, admin, Empty.NOTHING)).isNotNull();
  }

  @Test
  void a_disabled_administrator_is_none() {
    var other = find(auth.register());
    update(other, List.of("admin"), true);
    var last = new UpdateUser(find(ADMIN_EMAIL).id(), null, true);
    assertThat(auth.rejected(UPDATE_USER, admin, last).code()).isEqualTo("LAST_ADMINISTRATOR");
    update(other, List.of("customer"), null);
  }

  @Test
  void two_administrators_cannot_demote_each_other_at_once() {
    var other = find(auth.register());
    update(other, List.of("admin"), null);
    var demotions = List.of(demote(find(ADMIN_EMAIL).id()), demote(other.id()));
    TestNode.await(Future.join(demotions).otherwiseEmpty());
    assertThat(demotions).filteredOn(Future::succeeded).hasSize(1);
    auth.sql("update account set roles = '{admin,customer}' where email = $1", ADMIN_EMAIL);
    auth.sql("update account set roles = '{customer}' where id = $1", other.id());
  }

  @Test
  void no_login_slips_past_a_change() {
    var email = auth.register();
    var account = find(email);
    var logins =
        IntStream.range(0, 8).mapToObj(i -> send(LOGIN, new Login(email, PASSWORD))).toList();
    // The first login has its session, the others are still in progress.
    TestNode.await(logins.get(0));
    update(account, null, true);
    TestNode.await(Future.join(logins).otherwiseEmpty());
    var live =
        auth.sql("select 1 from session where account_id = $1 and ended_at is null", account.id());
    assertThat(live).isEmpty();
  }

  private Future<?> demote(UUID id) {
    return send(UPDATE_USER, new UpdateUser(id, List.of("customer"), null));
  }

  private Future<?> send(Operation<?, ?> operation, Object request) {
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.AUTHORIZATION, admin);
    return auth.node()
        .bus()
        .send(operation.address(), WireJson.write(request), headers, TestNode.TIMEOUT_MILLIS);
  }

  private Account find(String email) {
    return auth.call(LIST_USERS, admin, new ListUsers(email, 20, null)).items().get(0);
  }

  private Account update(Account account, List<String> roles, Boolean disabled) {
    return auth.call(UPDATE_USER, admin, new UpdateUser(account.id(), roles, disabled));
  }

  private void assertRejected(String accessToken) {
    await()
        .untilAsserted(
            () ->
                assertThat(auth.rejected(ME, accessToken, Empty.NOTHING).code())
                    .isEqualTo("UNAUTHENTICATED"));
  }
}
