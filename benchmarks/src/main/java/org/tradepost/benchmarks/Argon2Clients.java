package org.tradepost.benchmarks;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The reference of logins: checks a password against its hash, on every core, and nothing else. */
final class Argon2Clients implements Clients {
  /** What the auth service uses: 19 MiB, two passes, one lane. */
  private static final Argon2Function COST =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(cores);
  private final String hash = Password.hash(Shop.PASSWORD).addRandomSalt(16).with(COST).getResult();

  @Override
  public List<Client> all() {
    return Collections.nCopies(
        cores,
        answered ->
            threads.execute(
                () ->
                    answered.accept(
                        Password.check(Shop.PASSWORD, hash).with(COST)
                            ? Optional.empty()
                            : Optional.of("the password is not the one of its hash"))));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
