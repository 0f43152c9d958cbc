package org.tradepost.common.contract.auth;

import static org.tradepost.common.bus.Operation.open;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;

/** What the authentication service offers for accounts. */
public final class AccountContract {

  /** Creates an account. May be rejected with {@code EMAIL_TAKEN}. */
  public static final Operation<Register, Account> REGISTER =
      open("auth.v1.register", Register.class, Account.class);

  /** The caller's own account. */
  public static final Operation<Empty, Account> ME = open("auth.v1.me", Empty.class, Account.class);

  /** Changes the caller's own account. */
  public static final Operation<UpdateMe, Account> UPDATE_ME =
      open("auth.v1.update-me", UpdateMe.class, Account.class);

  /**
   * Changes the caller's password and ends their other sessions. May be rejected with {@code
   * INVALID_CREDENTIALS} or {@code TOO_MANY_ATTEMPTS}.
   */
  public static final Operation<ChangePassword, Empty> CHANGE_PASSWORD =
      open("auth.v1.change-password", ChangePassword.class, Empty.class);

  /** Lists accounts, sorted by email. For administrators. */
  public static final Operation<ListUsers, UserPage> LIST_USERS =
      open("auth.v1.list-users", ListUsers.class, UserPage.class);

  /** Reads one account. For administrators. */
  public static final Operation<GetUser, Account> GET_USER =
      open("auth.v1.get-user", GetUser.class, Account.class);

  /**
   * Changes what an account may do, and ends its sessions. For administrators. May be rejected with
   * {@code LAST_ADMINISTRATOR}.
   */
  public static final Operation<UpdateUser, Account> UPDATE_USER =
      open("auth.v1.update-user", UpdateUser.class, Account.class);

  /** The role that every account has. */
  public static final String CUSTOMER = "customer";

  private AccountContract() {}

  /** Asks for a new account. */
  public record Register(String email, String password, String name) {}

  /**
   * An account, as its holder and administrators see it.
   *
   * @param roles what it may do: {@code customer} always, {@code admin} where granted
   * @param disabled whether it may not log in; null if its holder asks
   */
  public record Account(
      UUID id,
      String email,
      String name,
      List<String> roles,
      Boolean disabled,
      Instant createdAt) {}

  /** The new name of the caller. */
  public record UpdateMe(String name) {}

  /** The current password of the caller, and the new one. */
  public record ChangePassword(String currentPassword, String newPassword) {}

  /**
   * Asks for accounts.
   *
   * @param email the whole address, ignoring case, or null for all accounts
   */
  public record ListUsers(String email, int limit, String cursor) {}

  /** A page of accounts. */
  public record UserPage(List<Account> items, String nextCursor) {}

  /** Names an account. */
  public record GetUser(UUID id) {}

  /**
   * Says what an account may do from now on.
   *
   * @param roles all its roles, or null to keep them
   * @param disabled whether it may not log in, or null to leave that unchanged
   */
  public record UpdateUser(UUID id, List<String> roles, Boolean disabled) {}
}
