package org.tradepost.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthConfig;
import org.tradepost.auth.AuthFixture;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Email;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Database;

class CredentialsTest {

  private static final Email ADA = Email.of("ada@example.org");

  private final AuthConfig config = AuthConfig.from(AuthFixture.settings());
  private final List<String> compared = new ArrayList<>();
  private Database database;
  private Credentials credentials;

  @BeforeEach
  void open() {
    database =
        await(Database.open(AuthFixture.shared().node().vertx(), config.database(), "db/auth"));
    var accounts = new AccountRepository(database);
    await(accounts.insert(ADA, "Ada", "hash of right", List.of("customer")));
    credentials =
        new Credentials(
            accounts,
            new LoginThrottle(new LoginFailureRepository(database)),
            (password, hash, call) -> {
              compared.add(hash);
              return Future.succeededFuture(hash.equals("hash of " + password));
            },
            "decoy");
  }

  @AfterEach
  void close() {
    await(database.close());
  }

  @Test
  void an_unknown_email_costs_a_hash_like_a_known_one() {
    assertThat(check(Email.of("nobody@example.org"), "right")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(check(ADA, "wrong")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(compared).containsExactly("decoy", "hash of right");
  }

  @Test
  void a_disabled_account_costs_a_hash_as_well() {
    await(database.query("update account set disabled = true"));
    assertThat(check(ADA, "right")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(compared).containsExactly("hash of right");
  }

  @Test
  void a_blocked_email_costs_no_hash() {
    for (var i = 0; i < 5; i++) {
      check(ADA, "wrong");
    }
    compared.clear();
    // On a busy machine, the delay of one second could end too early.
    await(
        database.query(
            "update login_failure set blocked_until = blocked_until + interval '1 hour'"));
    assertThat(check(ADA, "right")).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(compared).isEmpty();
  }

  @Test
  void the_right_password_gives_the_account() {
    assertThat(await(credentials.check(ADA, "right", RequestContext.background(60_000))).name())
        .isEqualTo("Ada");
  }

  private String check(Email email, String password) {
    return catchThrowableOfType(
            ServiceException.class,
            () -> await(credentials.check(email, password, RequestContext.background(60_000))))
        .failure()
        .code();
  }
}
