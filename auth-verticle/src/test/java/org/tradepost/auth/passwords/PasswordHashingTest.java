package org.tradepost.auth.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;

class PasswordHashingTest {

  private final Vertx vertx = Vertx.vertx();
  private final PasswordHashing hashing = new PasswordHashing(vertx, PasswordHashing.OWASP, 2);
  private final RequestContext call = RequestContext.background(60_000);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void a_hash_has_one_password() {
    var hash = await(hashing.hash("right", call));
    assertThat(await(hashing.matches("right", hash, call))).isTrue();
    assertThat(await(hashing.matches("wrong", hash, call))).isFalse();
  }

  @Test
  void a_hash_costs_what_owasp_asks_for() {
    assertThat(await(hashing.hash("right", call)))
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
  }

  @Test
  void a_password_has_many_hashes() {
    assertThat(await(hashing.hash("right", call))).isNotEqualTo(await(hashing.hash("right", call)));
  }

  @Test
  void hashes_of_other_parameters_still_count() {
    var cheaper = new PasswordHashing(vertx, new PasswordHashing.Cost(64, 1, 2), 2);
    var hash = await(cheaper.hash("right", call));
    assertThat(hash).contains("m=64,t=1,p=2");
    assertThat(await(hashing.matches("right", hash, call))).isTrue();
  }

  /** Uses a hash computed by another program, so that accounts outlive the library. */
  @Test
  void a_hash_is_argon2id_as_everybody_computes_it() {
    var hash =
        "$argon2id$v=19$m=4096,t=3,p=1$kZ4o0GbLtXnKeM0lTfmsRw"
            + "$1veAH6P9UxJHAzlgbBDWlFYblNx8LOw074JkRxyvpl4";
    assertThat(await(hashing.matches("pässword 🐧", hash, call))).isTrue();
    assertThat(await(hashing.matches("pässword", hash, call))).isFalse();
  }

  @Test
  void what_would_have_to_wait_too_long_is_rejected() {
    var asked = new ArrayList<Future<String>>();
    Promise<Void> all = Promise.promise();
    // On one event loop, so that none completes before all are requested.
    vertx.runOnContext(
        now -> {
          List.of("a", "b", "c").forEach(password -> asked.add(hashing.hash(password, call)));
          all.complete();
        });
    await(all.future());
    var rejection = catchThrowableOfType(ServiceException.class, () -> await(asked.get(2)));
    assertThat(rejection.failure().code()).isEqualTo("OVERLOADED");
    assertThat(rejection.failure().retryAfter()).isPositive();
    await(Future.all(asked.subList(0, 2)));
    assertThat(await(hashing.hash("d", call))).isNotNull();
  }

  @Test
  void work_that_nobody_waits_for_is_dropped() {
    var rejection =
        catchThrowableOfType(
            ServiceException.class,
            () -> await(hashing.hash("late", RequestContext.background(-1))));
    assertThat(rejection.failure().code()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void one_client_with_many_passwords_does_not_delay_the_others() {
    var roomy = new PasswordHashing(vertx, PasswordHashing.OWASP, 200);
    var finished = new ConcurrentLinkedQueue<String>();
    var all = new ArrayList<Future<?>>();
    for (var i = 0; i < 40; i++) {
      all.add(roomy.hash("guess", from("many")).onSuccess(hash -> finished.add("many")));
    }
    all.add(roomy.hash("right", from("one")).onSuccess(hash -> finished.add("one")));
    await(Future.all(all));
    assertThat(finished.stream().limit(20)).contains("one");
  }

  private static RequestContext from(String client) {
    return new RequestContext(
        Caller.ANONYMOUS, Deadline.in(60_000), null, null, false, client, null);
  }
}
