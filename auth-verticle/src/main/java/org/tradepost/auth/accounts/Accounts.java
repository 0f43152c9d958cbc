package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.auth.sessions.Sessions;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AccountContract.Account;
import org.tradepost.common.contract.auth.AccountContract.UpdateMe;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.ReadableText;

/** The operations of users on their own account. */
public final class Accounts {

  private final AccountRepository accounts;

  public Accounts(AccountRepository accounts) {
    this.accounts = accounts;
  }

  public Future<Account> me(Empty request, RequestContext call) {
    return accounts.find(Sessions.accountOf(call)).map(Accounts::forHolder);
  }

  public Future<Account> update(UpdateMe request, RequestContext call) {
    return accounts.rename(Sessions.accountOf(call), name(request.name())).map(Accounts::forHolder);
  }

  private static Account forHolder(Optional<StoredAccount> found) {
    return found
        .map(StoredAccount::forHolder)
        .orElseThrow(() -> new ServiceException(CommonError.UNAUTHENTICATED));
  }

  /** Returns a name in the form in which it is stored. */
  public static String name(String name) {
    return ReadableText.strip(name);
  }
}
