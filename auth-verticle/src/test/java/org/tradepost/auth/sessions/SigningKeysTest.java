package org.tradepost.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.auth.AuthFixture.header;
import static org.tradepost.common.contract.auth.AccountContract.ME;
import static org.tradepost.common.contract.auth.AuthContract.KEYS;
import static org.tradepost.common.contract.auth.AuthContract.ROTATE_KEYS;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.Empty;

class SigningKeysTest {

  private final AuthFixture auth = AuthFixture.shared();

  @AfterEach
  void take_over() {
    auth.sql("update signing_key set active_from = now() where active_from > now()");
    auth.refreshTrust();
  }

  @Test
  void only_the_public_part_is_published() {
    assertThat(auth.call(KEYS, null, Empty.NOTHING).keys())
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(key.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e"));
  }

  @Test
  void a_new_key_is_published_before_it_signs() {
    var email = auth.register();
    var rotation = auth.call(ROTATE_KEYS, auth.adminToken(), Empty.NOTHING);
    assertThat(published()).contains(rotation.kid());
    assertThat(kid(email)).isNotEqualTo(rotation.kid());
    take_over();
    assertThat(kid(email)).isEqualTo(rotation.kid());
  }

  @Test
  void tokens_of_the_old_key_stay_good() {
    var old = auth.login(auth.register()).accessToken();
    var rotation = auth.call(ROTATE_KEYS, auth.adminToken(), Empty.NOTHING);
    take_over();
    assertThat(header(old).getString("kid")).isNotEqualTo(rotation.kid());
    assertThat(auth.call(ME, old, Empty.NOTHING)).isNotNull();
    assertThat(auth.call(ME, auth.login(auth.register()).accessToken(), Empty.NOTHING)).isNotNull();
  }

  @Test
  void a_rotation_in_progress_is_not_begun_again() {
    var admin = auth.adminToken();
    var rotation = auth.call(ROTATE_KEYS, admin, Empty.NOTHING);
    assertThat(auth.call(ROTATE_KEYS, admin, Empty.NOTHING)).isEqualTo(rotation);
  }

  @Test
  void a_key_that_begins_in_the_future_signs_when_there_is_no_other() {
    var email = auth.register();
    var rotation = auth.call(ROTATE_KEYS, auth.adminToken(), Empty.NOTHING);
    auth.sql("delete from signing_key where kid <> $1", rotation.kid());
    auth.sql("update signing_key set active_from = now() + interval '1 hour'");
    assertThat(kid(email)).isEqualTo(rotation.kid());
  }

  @Test
  void a_key_that_begins_long_after_all_know_it_is_replaced() {
    var admin = auth.adminToken();
    var late = auth.call(ROTATE_KEYS, admin, Empty.NOTHING).kid();
    auth.sql("update signing_key set active_from = now() + interval '1 hour' where kid = $1", late);
    var next = auth.call(ROTATE_KEYS, admin, Empty.NOTHING).kid();
    assertThat(next).isNotEqualTo(late);
    auth.sql("update signing_key set active_from = now() where kid = $1", next);
    assertThat(kid(auth.register())).isEqualTo(next);
  }

  @Test
  void an_old_key_is_published_until_its_last_token_has_expired() {
    var old = kid(auth.register());
    auth.call(ROTATE_KEYS, auth.adminToken(), Empty.NOTHING);
    var overlap =
        auth.sql(
                "select extract(epoch from published_until - now())::integer from signing_key where kid = $1",
                old)
            .iterator()
            .next()
            .getInteger(0);
    assertThat(overlap).isBetween(960, 970);
    auth.sql("update signing_key set published_until = now() where kid = $1", old);
    assertThat(published()).doesNotContain(old);
  }

  private String kid(String email) {
    return header(auth.login(email).accessToken()).getString("kid");
  }

  private List<String> published() {
    return auth.call(KEYS, null, Empty.NOTHING).keys().stream()
        .map(key -> key.get("kid").asText())
        .toList();
  }
}
