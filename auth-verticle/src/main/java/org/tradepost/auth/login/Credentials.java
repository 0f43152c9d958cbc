package org.tradepost.auth.login;

import io.vertx.core.Future;
import java.util.Optional;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.accounts.StoredAccount;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthError;

/**
 * Checks email and password. An email without an account, a disabled account and a wrong password
 * give the same answer after the same work, and the same delays after failures.
 *
 * <p>Failures are counted for the account at the place that they come from, so that a stranger
 * cannot keep its holder out. For all strangers together, and for each address, there are bounds
 * beside that; whoever is known is not held to those.
 */
public final class Credentials {

  /** Says whether a password is the one of a hash. */
  @FunctionalInterface
  public interface Comparison {
    Future<Boolean> matches(String password, String hash, RequestContext call);
  }

  private final AccountRepository accounts;
  private final KnownAddressRepository places;
  private final LoginThrottle delays;
  private final Comparison comparison;
  private final String decoy;

  /**
   * @param decoy a hash that no password has
   */
  public Credentials(
      AccountRepository accounts,
      KnownAddressRepository places,
      LoginThrottle delays,
      Comparison comparison,
      String decoy) {
    this.accounts = accounts;
    this.places = places;
    this.delays = delays;
    this.comparison = comparison;
    this.decoy = decoy;
  }

  /**
   * The account that email and password belong to.
   *
   * @return fails with {@code INVALID_CREDENTIALS}, {@code TOO_MANY_ATTEMPTS} or {@code OVERLOADED}
   */
  Future<StoredAccount> check(Email email, String password, RequestContext call) {
    return accounts
        .find(email)
        .compose(
            found ->
                attempt(email, found, call)
                    .compose(attempt -> check(attempt, found, password, call)));
  }

  private Future<LoginAttempt> attempt(
      Email email, Optional<StoredAccount> found, RequestContext call) {
    var stranger = LoginAttempt.ofStranger(email, call.client());
    if (found.isEmpty()) {
      return Future.succeededFuture(stranger);
    }
    var id = found.get().id();
    return id.toString().equals(call.caller().subject())
        ? Future.succeededFuture(LoginAttempt.inSession(call.caller().session()))
        : places
            .isKnown(id, call.client())
            .map(known -> known ? LoginAttempt.fromKnownAddress(email, call.client()) : stranger);
  }

  private Future<StoredAccount> check(
      LoginAttempt attempt, Optional<StoredAccount> found, String password, RequestContext call) {
    return delays
        .pass(attempt)
        .compose(free -> compare(found, password, call))
        .compose(
            holder ->
                holder.isPresent()
                    ? delays.succeeded(attempt).map(holder.get())
                    : delays.failed(attempt, AuthError.INVALID_CREDENTIALS));
  }

  private Future<Optional<StoredAccount>> compare(
      Optional<StoredAccount> found, String password, RequestContext call) {
    return comparison
        .matches(password, found.map(StoredAccount::passwordHash).orElse(decoy), call)
        .map(matches -> matches ? found.filter(account -> !account.disabled()) : Optional.empty());
  }
}
