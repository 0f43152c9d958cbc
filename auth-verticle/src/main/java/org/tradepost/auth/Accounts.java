package org.tradepost.auth;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.contract.AuthContract.Account;
import org.tradepost.common.contract.AuthContract.UpdateMe;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** Accounts as their holders deal with them. */
final class Accounts {

  private final AccountRepository accounts;

  Accounts(AccountRepository accounts) {
    this.accounts = accounts;
  }

  Future<Account> me(Nothing request, Call call) {
    return accounts.find(Sessions.accountOf(call)).map(Accounts::forHolder);
  }

  Future<Account> update(UpdateMe request, Call call) {
    return accounts.rename(Sessions.accountOf(call), name(request.name())).map(Accounts::forHolder);
  }

  private static Account forHolder(Optional<StoredAccount> found) {
    return found
        .map(StoredAccount::forHolder)
        .orElseThrow(() -> new ServiceException(ErrorCode.UNAUTHENTICATED));
  }

  /** A name as it is kept. */
  static String name(String name) {
    if (name.isBlank()) {
      throw ServiceException.invalid("/name", "must not be blank");
    }
    return name.strip();
  }
}
