package org.tradepost.proof.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.torture.check.CheckResult;
import org.tradepost.proof.torture.check.Checker;
import org.tradepost.proof.torture.check.Evidence;
import org.tradepost.proof.torture.check.StoredStateReader;
import org.tradepost.proof.torture.load.Account;
import org.tradepost.proof.torture.load.Buyer;
import org.tradepost.proof.torture.load.CallLog;
import org.tradepost.proof.torture.load.Customer;
import org.tradepost.proof.torture.load.ScarceProducts;
import org.tradepost.proof.torture.load.TortureClient;
import org.tradepost.proof.torture.load.TortureFailure;

/**
 * A run: buyers place orders while faults happen. Then the faults are undone, the system comes to
 * rest, and everything is checked.
 */
public final class Torture {
  private static final Duration HEALING_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration DRAINING_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration AUDIT_TIMEOUT = Duration.ofSeconds(10);
  private static final int CONCURRENT_OPENINGS = 2;

  private final TorturePlan plan;
  private final FaultableCluster cluster;
  private final Consumer<String> say;
  private final FaultInjector faults;
  private final CountDownLatch loadEnded = new CountDownLatch(1);
  private final ExecutorService clients;

  /**
   * @param say gets a message about each step
   */
  public Torture(TorturePlan plan, FaultableCluster cluster, Consumer<String> say) {
    this.plan = plan;
    this.cluster = cluster;
    this.say = say;
    this.faults = new FaultInjector(cluster, say);
    this.clients = Executors.newFixedThreadPool(plan.clients());
  }

  /**
   * Runs everything.
   *
   * @throws TortureFailure if the run has no result
   */
  public TortureReport run() throws InterruptedException {
    var api = new TortureClient(cluster.gateways());
    say.accept(
        String.format(Locale.ROOT, "Creating the catalogue and %d accounts ...", plan.clients()));
    var catalogue =
        ScarceProducts.make(api, Account.of(api, plan.administrator(), plan.password()).token());
    var accounts = open(api);

    var schedule = FaultSchedule.of(plan.seed(), plan.length(), cluster.members());
    say.accept(String.format(Locale.ROOT, "%d faults, while they buy:", schedule.size()));
    var log = new CallLog();
    var buyers = buyers(accounts, api, catalogue, log);
    var buying = submitForAll(buyers, buyer -> buyer.buyUntil(loadEnded));
    faults.start(schedule);
    loadEnded.await(plan.length().toMillis(), TimeUnit.MILLISECONDS);
    loadEnded.countDown();
    awaitAll(buying);
    var load = log.now();

    var revived = new ArrayList<>(faults.stop());
    var checks = new ArrayList<>(awaitRest(buyers, revived));
    var stored = new StoredStateReader(cluster.orders(), cluster.product()).read();
    var evidence = new Evidence(log.calls(), load, catalogue.initialStock(), stored);
    checks.addAll(Checker.check(evidence));
    checks.add(audit());
    return new TortureReport(plan, schedule, revived, evidence, checks);
  }

  /** Stops the buyers and the faults at once; an active run does not finish. */
  public void abandon() {
    faults.abandon();
    clients.shutdownNow();
  }

  /** Opens a few accounts at a time, because hashing a password is slow on purpose. */
  private List<Account> open(TortureClient api) throws InterruptedException {
    var openers = Executors.newFixedThreadPool(CONCURRENT_OPENINGS);
    try {
      var openings = new ArrayList<Callable<Account>>();
      for (var number = 1; number <= plan.clients(); number++) {
        var name = "buyer-" + number;
        openings.add(() -> Account.open(api, name));
      }
      return awaitAll(openers.invokeAll(openings));
    } finally {
      openers.shutdownNow();
    }
  }

  private List<Buyer> buyers(
      List<Account> accounts, TortureClient api, ScarceProducts catalogue, CallLog log) {
    return IntStream.range(0, accounts.size())
        .mapToObj(
            i ->
                new Buyer(
                    "k" + (i + 1),
                    new Customer(accounts.get(i), api, log),
                    catalogue,
                    new Random(Objects.hash(plan.seed(), i))))
        .toList();
  }

  /** An action of a buyer. */
  @FunctionalInterface
  private interface BuyerAction {
    void perform(Buyer buyer) throws InterruptedException;
  }

  private List<Future<Void>> submitForAll(List<Buyer> buyers, BuyerAction action) {
    return buyers.stream()
        .map(
            buyer ->
                clients.<Void>submit(
                    () -> {
                      action.perform(buyer);
                      return null;
                    }))
        .toList();
  }

  private static <T> List<T> awaitAll(List<Future<T>> futures) throws InterruptedException {
    var results = new ArrayList<T>();
    for (var future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof TortureFailure failure
            ? failure
            : new TortureFailure("A client failed: " + e.getCause(), e.getCause());
      }
    }
    return results;
  }

  /**
   * Waits until every member is ready, the buyers have repeated what they left for later, and
   * nothing is in flight.
   *
   * @param revived gets the members that exit meanwhile
   */
  private List<CheckResult> awaitRest(List<Buyer> buyers, List<String> revived)
      throws InterruptedException {
    say.accept("Healing, and waiting for what is in flight ...");
    var healed =
        await(
            () -> {
              revived.addAll(cluster.revive());
              return cluster.isReady();
            },
            HEALING_TIMEOUT);
    awaitAll(submitForAll(buyers, Buyer::repeatTheRest));
    clients.shutdown();
    var storage = new StoredStateReader(cluster.orders(), cluster.product());
    var settled = await(() -> storage.inFlight() == 0, DRAINING_TIMEOUT);
    return List.of(
        check("every member is ready again", cluster.members().size(), healed),
        check("every hold and every event is settled in the end", 1, settled));
  }

  private static CheckResult check(String condition, int checked, boolean holds) {
    return new CheckResult(condition, checked, holds ? List.of() : List.of("not in time"));
  }

  private static boolean await(BooleanSupplier condition, Duration timeout)
      throws InterruptedException {
    var start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
    return true;
  }

  private CheckResult audit() {
    var report = new Audit(cluster.orders(), cluster.product()).run(AUDIT_TIMEOUT);
    var findings = new ArrayList<String>();
    report
        .findings()
        .forEach(
            (invariant, finding) ->
                finding
                    .violations()
                    .forEach((id, what) -> findings.add(invariant + " " + id + ": " + what)));
    return new CheckResult(
        "the audit is clean",
        report.findings().values().stream().mapToLong(finding -> finding.rows()).sum(),
        findings);
  }
}
