package org.tradepost.auth.login;

import io.vertx.core.Future;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.sessions.Sessions;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthContract.Tokens;

/** Logs in: opens a session for the right password, and remembers the address for the account. */
public final class Logins {

  private final Credentials credentials;
  private final Sessions sessions;

  public Logins(Credentials credentials, Sessions sessions) {
    this.credentials = credentials;
    this.sessions = sessions;
  }

  public Future<Tokens> login(Login request, RequestContext call) {
    return credentials
        .check(Email.of(request.email()), request.password(), call)
        .compose(holder -> sessions.open(holder.id(), holder.passwordHash(), call));
  }
}
