package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.identity.Caller;

/** Creates the first administrator; never changes an existing account. */
public final class FirstAdministrator {

  private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);
  private static final long TIMEOUT_MILLIS = 60_000;
  private static final List<String> ROLES = List.of(Caller.ADMIN, AccountContract.CUSTOMER);

  private final AccountRepository accounts;
  private final PasswordHashing hashing;

  public FirstAdministrator(AccountRepository accounts, PasswordHashing hashing) {
    this.accounts = accounts;
    this.hashing = hashing;
  }

  /** Creates the account unless its email is taken; warns if that account cannot administer. */
  public Future<Void> prepare(AdministratorConfig config) {
    return accounts
        .find(config.email())
        .compose(
            found -> {
              if (found.isEmpty()) {
                return create(config);
              }
              warnUnlessAdministrator(found.get());
              return Future.succeededFuture();
            });
  }

  private static void warnUnlessAdministrator(StoredAccount account) {
    if (account.disabled() || !account.roles().contains(Caller.ADMIN)) {
      log.warn(
          "no administrator was created: {} already has the email in {}, but is disabled or lacks"
              + " the role {}; to create an administrator, set another email",
          account,
          AdministratorConfig.EMAIL,
          Caller.ADMIN);
    }
  }

  private Future<Void> create(AdministratorConfig config) {
    return hashing
        .hash(config.password(), RequestContext.background(TIMEOUT_MILLIS))
        .compose(hash -> accounts.insert(config.email(), "Administrator", hash, ROLES))
        .onSuccess(
            made ->
                made.ifPresent(account -> log.info("created the administrator {}", account.id())))
        .mapEmpty();
  }
}
