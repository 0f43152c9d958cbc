package org.tradepost.auth.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.auth.AccountContract.CHANGE_PASSWORD;
import static org.tradepost.common.contract.auth.AccountContract.GET_USER;
import static org.tradepost.common.contract.auth.AccountContract.LIST_USERS;
import static org.tradepost.common.contract.auth.AccountContract.ME;
import static org.tradepost.common.contract.auth.AccountContract.UPDATE_ME;
import static org.tradepost.common.contract.auth.AccountContract.UPDATE_USER;
import static org.tradepost.common.contract.auth.AuthContract.END_SESSION;
import static org.tradepost.common.contract.auth.AuthContract.LIST_SESSIONS;
import static org.tradepost.common.contract.auth.AuthContract.ROTATE_KEYS;
import static org.tradepost.common.contract.auth.AuthContract.TRUST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.contract.auth.AccountContract.UpdateMe;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.platform.testing.TestNode;

class MeTest {

  private final AuthFixture auth = AuthFixture.shared();

  @Test
  void a_holder_changes_their_name() {
    var token = auth.login(auth.register()).accessToken();
    assertThat(auth.call(UPDATE_ME, token, new UpdateMe("Countess")).name()).isEqualTo("Countess");
    assertThat(auth.call(ME, token, Empty.NOTHING).name()).isEqualTo("Countess");
  }

  @Test
  void a_holder_changes_nothing_else() {
    var token = auth.login(auth.register()).accessToken();
    var rejection =
        auth.rejected(
            UPDATE_ME, token, "{\"name\":\"Ada\",\"roles\":[\"admin\"],\"email\":\"a@b.c\"}");
    assertThat(rejection.errors())
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("/roles", "/email");
  }

  @Test
  void anonymous_callers_and_services_get_nothing_of_an_account() {
    var service = new ServiceTokens(auth.node().vertx(), "order", TestNode.SECRET).token();
    for (var operation :
        List.of(
            ME,
            UPDATE_ME,
            CHANGE_PASSWORD,
            LIST_SESSIONS,
            END_SESSION,
            LIST_USERS,
            GET_USER,
            UPDATE_USER,
            ROTATE_KEYS)) {
      for (var token : new String[] {null, "", "x.y.z", service}) {
        assertThat(auth.rejected(operation, token, "{}").code())
            .as(operation.address())
            .isEqualTo("UNAUTHENTICATED");
      }
    }
  }

  @Test
  void trust_is_for_services_alone() {
    for (var token : new String[] {null, auth.adminToken()}) {
      assertThat(auth.rejected(TRUST, token, "{}").code()).isEqualTo("UNAUTHENTICATED");
    }
  }
}
