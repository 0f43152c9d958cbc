package org.tradepost.auth.accounts;

import io.vertx.core.Future;
import java.util.List;
import java.util.TreeSet;
import org.tradepost.auth.sessions.Sessions;
import org.tradepost.auth.sessions.TrustPublisher;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.contract.auth.AccountContract.Account;
import org.tradepost.common.contract.auth.AccountContract.GetUser;
import org.tradepost.common.contract.auth.AccountContract.ListUsers;
import org.tradepost.common.contract.auth.AccountContract.UpdateUser;
import org.tradepost.common.contract.auth.AccountContract.UserPage;
import org.tradepost.common.contract.auth.AuthContract.ListUserSessions;
import org.tradepost.common.contract.auth.AuthContract.SessionPage;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/** The operations of administrators on accounts. */
public final class Users {

  private final AccountRepository accounts;
  private final UserRepository users;
  private final Sessions sessions;
  private final TrustPublisher trust;

  public Users(
      AccountRepository accounts, UserRepository users, Sessions sessions, TrustPublisher trust) {
    this.accounts = accounts;
    this.users = users;
    this.sessions = sessions;
    this.trust = trust;
  }

  public Future<UserPage> list(ListUsers request, RequestContext call) {
    var after = UserCursor.read(request.cursor());
    if (request.email() != null) {
      return accounts
          .find(Email.of(request.email()))
          .map(found -> new UserPage(shown(found.stream().toList()), null));
    }
    var limit = request.limit();
    return accounts
        .list(after, limit + 1)
        .map(
            found ->
                found.size() <= limit
                    ? new UserPage(accounts(found), null)
                    : new UserPage(
                        accounts(found.subList(0, limit)),
                        UserCursor.cursor(found.get(limit - 1))));
  }

  public Future<Account> get(GetUser request, RequestContext call) {
    return accounts
        .find(request.id())
        .map(found -> found.orElseThrow(() -> new ServiceException(CommonError.NOT_FOUND)))
        .map(StoredAccount::forAdministrator);
  }

  public Future<SessionPage> sessions(ListUserSessions request, RequestContext call) {
    return sessions
        .listOfUser(request, call)
        .compose(page -> get(new GetUser(request.id()), call).map(account -> page));
  }

  /** Changes an account and ends its sessions, so that no token keeps the old roles. */
  public Future<Account> update(UpdateUser request, RequestContext call) {
    return users
        .update(request.id(), roles(request.roles()), request.disabled())
        .map(found -> found.orElseThrow(() -> new ServiceException(CommonError.NOT_FOUND)))
        .onSuccess(updated -> trust.changedIf(updated.changed()))
        .map(updated -> updated.account().forAdministrator());
  }

  /** Returns the roles in a fixed order, including the role that every user has. */
  private static List<String> roles(List<String> requested) {
    if (requested == null) {
      return null;
    }
    var roles = new TreeSet<>(requested);
    roles.add(AccountContract.CUSTOMER);
    return List.copyOf(roles);
  }

  private static List<Account> accounts(List<AccountRepository.Listed> found) {
    return shown(found.stream().map(AccountRepository.Listed::account).toList());
  }

  private static List<Account> shown(List<StoredAccount> found) {
    return found.stream().map(StoredAccount::forAdministrator).toList();
  }
}
