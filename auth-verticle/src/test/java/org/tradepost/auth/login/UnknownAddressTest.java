package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.newEmail;
import static org.tradepost.common.contract.auth.AccountContract.CHANGE_PASSWORD;
import static org.tradepost.common.contract.auth.AccountContract.REGISTER;
import static org.tradepost.common.contract.auth.AuthContract.REFRESH;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;

/** A client that guesses at the passwords of others locks out only itself. */
class UnknownAddressTest {

  private final AuthFixture auth = AuthFixture.shared();
  private final String email = auth.register();
  private final String home = address();
  private final String elsewhere = address();

  @Test
  void an_unknown_address_waits_and_the_holder_does_not() {
    guess(elsewhere, 5);
    auth.prolongDelays();
    assertThat(login(elsewhere, null)).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(login(home, null)).isEqualTo("in");
  }

  @Test
  void a_session_is_good_where_an_unknown_address_has_to_wait() {
    var token = await(auth.loginFrom(home, null, email, PASSWORD)).accessToken();
    guess(home, 5);
    auth.prolongDelays();
    assertThat(login(home, null)).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(login(home, token)).isEqualTo("in");
    var change = new ChangePassword(PASSWORD, "another analytical engine");
    assertThat(auth.call(CHANGE_PASSWORD, token, change)).isNull();
  }

  @Test
  void a_session_of_another_account_is_of_no_use() {
    var token = auth.login(auth.register()).accessToken();
    guess(home, 5);
    auth.prolongDelays();
    assertThat(login(home, token)).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void many_unknown_addresses_are_limited_and_known_addresses_are_exempt() {
    becomeKnown(home);
    var before = "set failures = 99, failed_at = now(), blocked_until = null";
    guess(elsewhere, 1);
    auth.sql("update login_failure " + before + " where email_hash = $1", counter(1, ""));
    assertThat(login(address(), "wrong", null)).isEqualTo("INVALID_CREDENTIALS");
    auth.prolongDelays();
    assertThat(login(address(), null)).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(login(home, null)).isEqualTo("in");
  }

  @Test
  void an_address_is_bounded_over_all_accounts_and_known_ones_are_not_held_to_it() {
    becomeKnown(home);
    await(failure(home, newEmail(), "wrong"));
    auth.sql(
        "update login_failure set failures = 499, failed_at = now() where email_hash = $1",
        counter(2, home));
    assertThat(await(failure(home, newEmail(), "wrong"))).isEqualTo("INVALID_CREDENTIALS");
    auth.prolongDelays();
    assertThat(await(failure(home, newEmail(), "wrong"))).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(login(home, null)).isEqualTo("in");
  }

  @Test
  void failures_are_forgotten_with_time() {
    guess(elsewhere, 4);
    auth.sql(
        "update login_failure set failed_at = failed_at - interval '31 minutes'"
            + " where email_hash = $1",
        counter(0, elsewhere));
    guess(elsewhere, 2);
    assertThat(login(elsewhere, null)).isEqualTo("in");
  }

  @Test
  void whoever_goes_on_with_a_session_is_known_where_they_are() {
    var tokens = auth.login(email);
    send(REFRESH, elsewhere, new Refresh(tokens.refreshToken()));
    awaitKnown(elsewhere);
  }

  @Test
  void a_reply_does_not_wait_until_the_address_is_known() {
    var refresh = new Refresh(auth.login(email).refreshToken());
    auth.whileLocked("known_place", () -> request(REFRESH, home, refresh));
    awaitKnown(home);
  }

  @Test
  void whoever_registers_is_known_where_they_are() {
    var mine = newEmail();
    send(REGISTER, home, new Register(mine, PASSWORD, "Ada"));
    assertThat(
            auth.sql(
                    "select 1 from known_place join account on id = account_id where email = $1",
                    mine)
                .size())
        .isEqualTo(1);
  }

  @Test
  void twenty_addresses_of_each_account_are_known() {
    for (var i = 0; i < 25; i++) {
      login(address(), null);
    }
    becomeKnown(home);
    Awaitility.await().untilAsserted(() -> assertThat(addresses()).isEqualTo(20));
  }

  @Test
  void an_address_finds_out_only_so_often_which_emails_have_accounts() {
    var again = new Register(email, PASSWORD, "Ada");
    assertThat(await(code(send(REGISTER, home, again)))).isEqualTo("EMAIL_TAKEN");
    auth.sql(
        "update login_failure set failures = 499, failed_at = now() where email_hash = $1",
        counter(2, home));
    assertThat(await(code(send(REGISTER, home, again)))).isEqualTo("EMAIL_TAKEN");
    auth.prolongDelays();
    assertThat(await(code(send(REGISTER, home, again)))).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(await(code(send(REGISTER, elsewhere, again)))).isEqualTo("EMAIL_TAKEN");
  }

  @Test
  void only_a_gateway_can_tell_who_a_client_is() {
    var mine = newEmail();
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.CLIENT, "x " + home);
    var request = WireJson.write(new Register(mine, PASSWORD, "Ada"));
    await(auth.node().bus().send(REGISTER.address(), request, headers, TestNode.TIMEOUT_MILLIS));
    assertThat(
            auth.sql(
                    "select 1 from known_place join account on id = account_id where email = $1",
                    mine)
                .size())
        .isZero();
  }

  private void guess(String client, int times) {
    for (var i = 0; i < times; i++) {
      assertThat(login(client, "wrong", null)).isEqualTo("INVALID_CREDENTIALS");
    }
  }

  private String login(String client, String token) {
    return login(client, PASSWORD, token);
  }

  private String login(String client, String password, String token) {
    return await(code(auth.loginFrom(client, token, email, password)));
  }

  private Future<String> failure(String client, String other, String password) {
    return code(auth.loginFrom(client, null, other, password));
  }

  private static Future<String> code(Future<?> answer) {
    return answer.map("in").otherwise(failure -> ((ServiceException) failure).failure().code());
  }

  private <Q> Future<?> send(Operation<Q, ?> operation, String client, Q request) {
    var answer = request(operation, client, request);
    await(answer.otherwiseEmpty());
    return answer;
  }

  private <Q> Future<Message<Buffer>> request(Operation<Q, ?> operation, String client, Q request) {
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.CLIENT, auth.proofOf(client));
    return auth.node()
        .bus()
        .send(operation.address(), WireJson.write(request), headers, TestNode.TIMEOUT_MILLIS);
  }

  private void becomeKnown(String client) {
    assertThat(login(client, null)).isEqualTo("in");
    awaitKnown(client);
  }

  /** Waits for the address to be stored, since the reply comes earlier. */
  private void awaitKnown(String client) {
    var known =
        "select 1 from known_place join account on id = account_id where email = $1 and place = "
            + KnownAddressRepository.addressHash("id", "$2::text");
    Awaitility.await()
        .untilAsserted(() -> assertThat(auth.sql(known, email, client).size()).isEqualTo(1));
  }

  private int addresses() {
    return auth.sql(
            "select 1 from known_place join account on id = account_id where email = $1", email)
        .size();
  }

  /** Returns the key of a counter of an attempt from an unknown address. */
  private Object counter(int index, String client) {
    var attempt = LoginAttempt.fromUnknownAddress(Email.of(email), client);
    return attempt.counters().get(index).key();
  }

  private static String address() {
    return "/" + UUID.randomUUID();
  }
}
