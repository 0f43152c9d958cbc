package org.tradepost.auth.login;

import io.vertx.core.Future;
import java.util.UUID;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.accounts.StoredAccount;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.auth.passwords.PasswordPolicy;
import org.tradepost.auth.sessions.Sessions;
import org.tradepost.auth.sessions.TrustPublisher;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AccountContract.ChangePassword;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/** Changes passwords. */
public final class PasswordChange {

  private final AccountRepository accounts;
  private final Credentials credentials;
  private final PasswordPolicy policy;
  private final PasswordHashing hashing;
  private final TrustPublisher trust;

  public PasswordChange(
      AccountRepository accounts,
      Credentials credentials,
      PasswordPolicy policy,
      PasswordHashing hashing,
      TrustPublisher trust) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.policy = policy;
    this.hashing = hashing;
    this.trust = trust;
  }

  /** Replaces the caller's password and ends their other sessions. */
  public Future<Empty> change(ChangePassword request, RequestContext call) {
    return accounts
        .find(Sessions.accountOf(call))
        .map(found -> found.orElseThrow(() -> new ServiceException(CommonError.UNAUTHENTICATED)))
        .compose(account -> change(account, request, call))
        .onSuccess(done -> trust.changed());
  }

  private Future<Empty> change(StoredAccount account, ChangePassword request, RequestContext call) {
    var email = Email.of(account.email());
    policy.checkNew(
        "/newPassword", request.newPassword(), request.currentPassword(), email.readable());
    return credentials
        .check(email, request.currentPassword(), call)
        .compose(
            holder ->
                hashing
                    .hash(request.newPassword(), call)
                    .compose(hash -> store(holder, hash, call)));
  }

  private Future<Empty> store(StoredAccount holder, String hash, RequestContext call) {
    return accounts
        .changePassword(
            holder.id(), holder.passwordHash(), hash, UUID.fromString(call.caller().session()))
        .compose(
            changed ->
                changed
                    ? Future.succeededFuture()
                    : Future.failedFuture(new ServiceException(AuthError.INVALID_CREDENTIALS)));
  }
}
