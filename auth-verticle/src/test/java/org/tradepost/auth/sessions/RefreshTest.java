package org.tradepost.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.auth.AuthFixture.claims;
import static org.tradepost.auth.AuthFixture.session;
import static org.tradepost.common.contract.auth.AccountContract.ME;
import static org.tradepost.common.contract.auth.AuthContract.LOGOUT;
import static org.tradepost.common.contract.auth.AuthContract.REFRESH;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.contract.auth.AuthContract.Logout;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;

class RefreshTest {

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void a_refresh_gives_new_tokens_of_the_same_session() {
    var first = auth.login(auth.register());
    var second = auth.refresh(first);
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(session(second)).isEqualTo(session(first));
    assertThat(claims(second.accessToken()).getString("jti"))
        .isNotEqualTo(claims(first.accessToken()).getString("jti"));
  }

  @Test
  void only_hashes_are_stored() {
    var tokens = auth.login(auth.register());
    var bytes = tokens.refreshToken().getBytes(StandardCharsets.UTF_8);
    assertThat(auth.sql("select 1 from refresh_token where hash = $1", Sha256.of(bytes)))
        .hasSize(1);
    assertThat(tokens.refreshToken()).hasSize(43);
  }

  @Test
  void a_lost_answer_may_be_asked_for_again() {
    var first = auth.login(auth.register());
    auth.refresh(first);
    age(first, 20);
    var again = auth.refresh(first);
    age(first);
    assertThat(auth.refresh(again)).isNotNull();
  }

  @Test
  void a_late_second_use_ends_the_session() {
    var first = auth.login(auth.register());
    var second = auth.refresh(first);
    age(first);
    assertThat(rejected(first)).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(rejected(second)).isEqualTo("INVALID_REFRESH_TOKEN");
    await()
        .untilAsserted(
            () ->
                assertThat(auth.rejected(ME, second.accessToken(), Empty.NOTHING).code())
                    .isEqualTo("UNAUTHENTICATED"));
  }

  @Test
  void a_used_token_is_remembered_for_a_day() {
    var first = auth.login(auth.register());
    var second = auth.refresh(first);
    // A day passes.
    auth.sql(
        """
        update refresh_token
        set used_at = used_at - interval '1 day', expires_at = expires_at - interval '1 day'
        where session_id = $1
        """,
        session(first));
    assertThat(rejected(first)).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(auth.refresh(second)).isNotNull();
  }

  @Test
  void a_reuse_ends_no_other_session() {
    var email = auth.register();
    var other = auth.login(email);
    var first = auth.login(email);
    auth.refresh(first);
    age(first);
    rejected(first);
    assertThat(auth.refresh(other)).isNotNull();
  }

  @Test
  void of_two_answers_to_one_token_only_one_goes_on() {
    var first = auth.login(auth.register());
    var mine = auth.refresh(first);
    prolongGrace(first);
    var theirs = auth.refresh(first);
    var next = auth.refresh(mine);
    assertThat(rejected(theirs)).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(rejected(next)).isEqualTo("INVALID_REFRESH_TOKEN");
  }

  @Test
  void simultaneous_refreshes_all_get_tokens() {
    var first = auth.login(auth.register());
    var body = WireJson.write(new Refresh(first.refreshToken()));
    var answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    auth.node()
                        .bus()
                        .send(
                            REFRESH.address(),
                            body,
                            MultiMap.caseInsensitiveMultiMap(),
                            TestNode.TIMEOUT_MILLIS))
            .toList();
    TestNode.await(Future.all(answers));
    var last = WireJson.read(answers.get(7).result().body(), Tokens.class);
    age(first);
    assertThat(auth.refresh(last)).isNotNull();
  }

  @Test
  void an_expired_token_is_rejected() {
    var tokens = auth.login(auth.register());
    auth.sql("update refresh_token set expires_at = now() where session_id = $1", session(tokens));
    assertThat(rejected(tokens)).isEqualTo("INVALID_REFRESH_TOKEN");
  }

  @Test
  void a_token_that_nobody_gave_is_rejected() {
    assertThat(auth.rejected(REFRESH, null, new Refresh("x".repeat(43))).code())
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(auth.rejected(REFRESH, null, "{\"refreshToken\":\"x\"}").code())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void a_session_that_goes_on_is_prolonged() {
    var tokens = auth.login(auth.register());
    auth.sql(
        "update session set expires_at = now() + interval '1 day' where id = $1", session(tokens));
    auth.refresh(tokens);
    var left =
        auth.sql(
            "select 1 from session where id = $1 and expires_at > now() + interval '29 days'",
            session(tokens));
    assertThat(left).hasSize(1);
  }

  @Test
  void a_session_stays_revoked_until_its_longest_token_has_expired() {
    var first = auth.login(auth.register());
    // As if the first token came from an instance whose access tokens live for an hour.
    auth.sql(
        "update session set access_expires_at = now() + interval '1 hour' where id = $1",
        session(first));
    auth.call(LOGOUT, null, new Logout(auth.refresh(first).refreshToken()));
    // Half an hour passes, which is longer than the lifetime of the second token.
    auth.sql(
        """
        update session set access_expires_at = access_expires_at - interval '30 minutes'
        where id = $1
        """,
        session(first));
    auth.refreshTrust();
    assertThat(auth.rejected(ME, first.accessToken(), Empty.NOTHING).code())
        .isEqualTo("UNAUTHENTICATED");
  }

  private String rejected(Tokens tokens) {
    return auth.rejected(REFRESH, null, new Refresh(tokens.refreshToken())).code();
  }

  /** Extends the grace period of all used tokens of a session beyond the duration of a test. */
  private void prolongGrace(Tokens tokens) {
    auth.sql(
        """
        update refresh_token
        set used_at = now() + interval '1 hour'
        where session_id = $1 and used_at is not null
        """,
        session(tokens));
  }

  /** Ends the grace period of all used tokens of a session. */
  private void age(Tokens tokens) {
    age(tokens, 31);
  }

  private void age(Tokens tokens, int seconds) {
    auth.sql(
        """
        update refresh_token
        set used_at = used_at - make_interval(secs => $2)
        where session_id = $1 and used_at is not null
        """,
        session(tokens),
        (double) seconds);
  }
}
