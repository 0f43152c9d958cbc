package org.tradepost.auth;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.bus.Answer;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.contract.AuthContract;
import org.tradepost.common.contract.AuthContract.Account;
import org.tradepost.common.contract.AuthContract.Register;
import org.tradepost.common.contract.AuthContract.UpdateMe;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** Accounts as their holders deal with them. */
final class Accounts {

  private final AccountRepository accounts;
  private final PasswordPolicy policy;
  private final PasswordHashing hashing;

  Accounts(AccountRepository accounts, PasswordPolicy policy, PasswordHashing hashing) {
    this.accounts = accounts;
    this.policy = policy;
    this.hashing = hashing;
  }

  Future<Answer<Account>> register(Register request, Call call) {
    var email = Email.of(request.email());
    var name = name(request.name());
    policy.check("/password", request.password(), email);
    return accounts
        .find(email)
        // Asked here too, because the answer costs a hash afterwards.
        .compose(found -> found.isPresent() ? taken() : hashing.hash(request.password(), call))
        .compose(hash -> accounts.insert(email, name, hash, List.of(AuthContract.CUSTOMER)))
        .compose(made -> made.isPresent() ? Future.succeededFuture(made.get()) : taken())
        .map(made -> new Answer<>(made.forHolder(), Map.of("location", "/v1/auth/me")));
  }

  Future<Account> me(Nothing request, Call call) {
    return accounts.find(StoredAccount.idOf(call)).map(Accounts::forHolder);
  }

  Future<Account> update(UpdateMe request, Call call) {
    return accounts.rename(StoredAccount.idOf(call), name(request.name())).map(Accounts::forHolder);
  }

  private static Account forHolder(Optional<StoredAccount> found) {
    return found
        .map(StoredAccount::forHolder)
        .orElseThrow(() -> new ServiceException(ErrorCode.UNAUTHENTICATED));
  }

  private static String name(String name) {
    if (name.isBlank()) {
      throw ServiceException.invalid("/name", "must not be blank");
    }
    return name.strip();
  }

  private static <T> Future<T> taken() {
    return Future.failedFuture(new ServiceException(ErrorCode.EMAIL_TAKEN));
  }
}
