package org.tradepost.auth.login;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Accounts;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.accounts.StoredAccount;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.auth.passwords.PasswordPolicy;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.contract.auth.AccountContract.Account;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.contract.auth.AuthError;

/**
 * Registers accounts; anybody can create one. The response reveals whether an email has an account,
 * since the service sends no email. The number of such responses per address is therefore limited.
 */
public final class AccountRegistration {

  private final AccountRepository accounts;
  private final KnownAddressRepository addresses;
  private final LoginThrottle throttle;
  private final PasswordPolicy policy;
  private final PasswordHashing hashing;

  public AccountRegistration(
      AccountRepository accounts,
      KnownAddressRepository addresses,
      LoginThrottle throttle,
      PasswordPolicy policy,
      PasswordHashing hashing) {
    this.accounts = accounts;
    this.addresses = addresses;
    this.throttle = throttle;
    this.policy = policy;
    this.hashing = hashing;
  }

  public Future<Response<Account>> register(Register request, RequestContext call) {
    var email = Email.of(request.email());
    var name = Accounts.name(request.name());
    policy.check("/password", request.password(), email.readable());
    var attempt = LoginAttempt.addressOnly(call.client());
    return throttle
        .pass(attempt)
        .compose(free -> accounts.find(email))
        // Checked before hashing as well, to save the cost of a hash.
        .compose(
            found -> found.isPresent() ? taken(attempt) : hashing.hash(request.password(), call))
        .compose(hash -> accounts.insert(email, name, hash, List.of(AccountContract.CUSTOMER)))
        .compose(
            made ->
                made.isPresent()
                    ? Future.succeededFuture(made.get())
                    : this.<StoredAccount>taken(attempt))
        .compose(made -> addresses.remember(made.id(), call.client()).map(made))
        .map(made -> new Response<>(made.forHolder(), Map.of("location", "/v1/auth/me")));
  }

  private <T> Future<T> taken(LoginAttempt attempt) {
    return throttle.failed(attempt, AuthError.EMAIL_TAKEN);
  }
}
