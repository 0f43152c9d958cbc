package org.tradepost.auth.login;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.AccountRepository.LoginAccount;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.accounts.StoredAccount;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthError;

/**
 * Checks email and password. An email without an account, a disabled account and a wrong password
 * get the same response after the same work, and the same delays after failures.
 *
 * <p>Failures are counted for each pair of account and address, so that a client elsewhere cannot
 * lock the holder out. There are also limits for each account over all unknown addresses, and for
 * each address over all accounts. A known address of the account is exempt from these two.
 */
public final class Credentials {

  /** Checks a password against a hash. */
  @FunctionalInterface
  public interface Comparison {
    Future<Boolean> matches(String password, String hash, RequestContext call);
  }

  private final AccountRepository accounts;
  private final LoginThrottle throttle;
  private final Comparison comparison;
  private final String decoy;

  /**
   * @param decoy a hash that matches no password
   */
  public Credentials(
      AccountRepository accounts, LoginThrottle throttle, Comparison comparison, String decoy) {
    this.accounts = accounts;
    this.throttle = throttle;
    this.comparison = comparison;
    this.decoy = decoy;
  }

  /**
   * Returns the account that the email and password belong to.
   *
   * @return fails with {@code INVALID_CREDENTIALS}, {@code TOO_MANY_ATTEMPTS} or {@code OVERLOADED}
   */
  Future<StoredAccount> check(Email email, String password, RequestContext call) {
    return accounts
        .find(email, call.client())
        .compose(
            found ->
                check(
                    attempt(email, found, call), found.map(LoginAccount::account), password, call));
  }

  private static LoginAttempt attempt(
      Email email, Optional<LoginAccount> found, RequestContext call) {
    if (found.isPresent()
        && found.get().account().id().toString().equals(call.caller().subject())) {
      return LoginAttempt.inSession(call.caller().session());
    }
    return found.filter(LoginAccount::addressIsKnown).isPresent()
        ? LoginAttempt.fromKnownAddress(email, call.client())
        : LoginAttempt.fromUnknownAddress(email, call.client());
  }

  private Future<StoredAccount> check(
      LoginAttempt attempt, Optional<StoredAccount> found, String password, RequestContext call) {
    return throttle
        .pass(attempt)
        .compose(free -> compare(found, password, call))
        .compose(
            holder ->
                holder.isPresent()
                    ? throttle.succeeded(attempt).map(holder.get())
                    : throttle.failed(attempt, AuthError.INVALID_CREDENTIALS));
  }

  private Future<Optional<StoredAccount>> compare(
      Optional<StoredAccount> found, String password, RequestContext call) {
    return comparison
        .matches(password, found.map(StoredAccount::passwordHash).orElse(decoy), call)
        .map(matches -> matches ? found.filter(account -> !account.disabled()) : Optional.empty());
  }
}
