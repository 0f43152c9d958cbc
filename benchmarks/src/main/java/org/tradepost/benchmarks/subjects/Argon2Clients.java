package org.tradepost.benchmarks.subjects;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tradepost.benchmarks.load.Client;
import org.tradepost.benchmarks.load.Clients;
import org.tradepost.benchmarks.workload.BenchmarkShop;

/** The reference for logins: only verifies a password against its hash, on every core. */
public final class Argon2Clients implements Clients {
  /** The parameters that the auth service uses. */
  private static final int KIBIBYTES = 19 * 1024;

  private static final int PASSES = 2;
  private static final int LANES = 1;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(cores);
  private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id, 16, 32);
  private final String hash =
      argon2.hash(PASSES, KIBIBYTES, LANES, BenchmarkShop.PASSWORD.toCharArray());

  @Override
  public List<Client> all() {
    return Collections.nCopies(
        cores,
        responded ->
            threads.execute(
                () ->
                    responded.accept(
                        argon2.verify(hash, BenchmarkShop.PASSWORD.toCharArray())
                            ? Optional.empty()
                            : Optional.of("the password is not the one of its hash"))));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
