package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.PASSWORD;
import static org.tradepost.auth.AuthFixture.newEmail;
import static org.tradepost.common.contract.auth.AccountContract.CHANGE_PASSWORD;
import static org.tradepost.common.contract.auth.AuthContract.LOGIN;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.auth.accounts.Email;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;

class LoginDelayTest {

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void after_five_failures_even_the_right_password_has_to_wait() {
    var email = auth.register();
    fail(email, 5);
    assertThat(delay(email)).isEqualTo(1);
    auth.prolongDelays();
    var rejection = attempt(email, PASSWORD);
    assertThat(rejection.code()).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(rejection.retryAfter()).isBetween(3_500, 3_601);
  }

  @Test
  void an_email_without_account_has_to_wait_alike() {
    var email = newEmail();
    fail(email, 5);
    assertThat(delay(email)).isEqualTo(1);
    auth.prolongDelays();
    assertThat(attempt(email, PASSWORD).code()).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void each_further_failure_doubles_the_delay() {
    var email = newEmail();
    fail(email, 5);
    for (var seconds : new int[] {2, 4, 8}) {
      pass(email);
      fail(email, 1);
      assertThat(delay(email)).isEqualTo(seconds);
    }
  }

  @Test
  void no_delay_is_longer_than_fifteen_minutes() {
    var email = newEmail();
    fail(email, 1);
    auth.sql("update login_failure set failures = 1000000 where email_hash = $1", hash(email));
    fail(email, 1);
    assertThat(delay(email)).isEqualTo(900);
    assertThat(attempt(email, "wrong").retryAfter()).isBetween(800, 900);
  }

  @Test
  void a_login_forgets_the_failures() {
    var email = auth.register();
    fail(email, 4);
    auth.login(email);
    fail(email, 4);
    assertThat(auth.login(email)).isNotNull();
  }

  @Test
  void a_login_after_the_delay_forgets_the_failures() {
    var email = auth.register();
    fail(email, 5);
    pass(email);
    auth.login(email);
    fail(email, 4);
    assertThat(auth.login(email)).isNotNull();
  }

  @Test
  void many_guesses_at_once_are_no_way_around_it() {
    var email = auth.register();
    fail(email, 1);
    // The next failure blocks for longer than the test takes.
    auth.sql("update login_failure set failures = 14 where email_hash = $1", hash(email));
    var guesses = IntStream.range(0, 12).mapToObj(i -> send(email, "guess number " + i)).toList();
    await(Future.join(guesses).otherwiseEmpty());
    assertThat(guesses).filteredOn(guess -> is(guess, AuthError.INVALID_CREDENTIALS)).hasSize(1);
    assertThat(guesses).filteredOn(guess -> is(guess, AuthError.TOO_MANY_ATTEMPTS)).hasSize(11);
  }

  @Test
  void many_right_logins_at_once_are_welcome() {
    var email = auth.register();
    var logins = IntStream.range(0, 10).mapToObj(i -> send(email, PASSWORD)).toList();
    await(Future.join(logins));
    assertThat(logins).allMatch(Future::succeeded);
  }

  @Test
  void a_wrong_current_password_counts_for_its_session_alone() {
    var email = auth.register();
    var token = auth.login(email).accessToken();
    var other = auth.login(email).accessToken();
    var wrong = new ChangePassword("wrong", "another analytical engine");
    for (var i = 0; i < 5; i++) {
      assertThat(auth.rejected(CHANGE_PASSWORD, token, wrong).code())
          .isEqualTo("INVALID_CREDENTIALS");
    }
    auth.prolongDelays();
    assertThat(auth.rejected(CHANGE_PASSWORD, token, wrong).code()).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(auth.rejected(CHANGE_PASSWORD, other, wrong).code())
        .isEqualTo("INVALID_CREDENTIALS");
    assertThat(auth.login(email)).isNotNull();
  }

  private void fail(String email, int times) {
    for (var i = 0; i < times; i++) {
      assertThat(attempt(email, "wrong").code()).isEqualTo("INVALID_CREDENTIALS");
    }
  }

  private Failure attempt(String email, String password) {
    return auth.rejected(LOGIN, null, new Login(email, password));
  }

  private Future<?> send(String email, String password) {
    return auth.node()
        .bus()
        .send(
            LOGIN.address(),
            WireJson.write(new Login(email, password)),
            MultiMap.caseInsensitiveMultiMap(),
            TestNode.TIMEOUT_MILLIS);
  }

  private static boolean is(Future<?> future, ErrorCode code) {
    return future.cause() instanceof ServiceException rejection && rejection.is(code);
  }

  /** Returns the total delay in seconds that the last failure caused. */
  private int delay(String email) {
    return auth.sql(
            "select extract(epoch from blocked_until - failed_at)::integer from login_failure"
                + " where email_hash = $1",
            hash(email))
        .iterator()
        .next()
        .getInteger(0);
  }

  /** Ends the delay. */
  private void pass(String email) {
    auth.sql("update login_failure set blocked_until = now() where email_hash = $1", hash(email));
  }

  private static Object hash(String email) {
    return LoginAttempt.fromKnownAddress(Email.of(email), "").counters().get(0).key();
  }
}
