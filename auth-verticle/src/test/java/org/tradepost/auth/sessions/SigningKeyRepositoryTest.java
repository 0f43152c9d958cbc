package org.tradepost.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.auth.AuthConfig;
import org.tradepost.auth.AuthFixture;
import org.tradepost.common.contract.auth.AuthContract.Rotation;
import org.tradepost.platform.sql.Database;

class SigningKeyRepositoryTest {

  private Database database;
  private SigningKeyRepository keys;

  @BeforeEach
  void open() throws Exception {
    var config = AuthConfig.from(AuthFixture.settings());
    database =
        await(Database.open(AuthFixture.shared().node().vertx(), config.database(), "db/auth"));
    keys = new SigningKeyRepository(database);
    await(keys.addFirst(SigningKey.generate()));
  }

  @AfterEach
  void close() {
    await(database.close());
  }

  /** As when a key took so long to generate that another replacement is no longer pending. */
  @Test
  void a_key_that_another_instance_has_replaced_is_not_replaced_again() throws Exception {
    var old = await(keys.latest(Duration.ZERO)).kid();
    var replacement = replace(old);
    assertThat(replacement.kid()).isNotEqualTo(old);
    assertThat(replace(old)).isEqualTo(replacement);
    assertThat(replace(replacement.kid()).kid()).isNotEqualTo(replacement.kid());
  }

  private Rotation replace(String kid) throws Exception {
    return await(keys.replace(kid, SigningKey.generate(), Duration.ZERO, Duration.ofMinutes(1)));
  }
}
