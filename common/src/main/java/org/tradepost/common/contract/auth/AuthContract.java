package org.tradepost.common.contract.auth;

import static org.tradepost.common.bus.Operation.internal;
import static org.tradepost.common.bus.Operation.open;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.identity.Trust;

/** What the authentication service offers. */
public final class AuthContract {

  /** Makes an account. Refusal: {@code EMAIL_TAKEN}. */
  public static final Operation<Register, Account> REGISTER =
      open("auth.v1.register", Register.class, Account.class);

  /** Starts a session. Refusals: {@code INVALID_CREDENTIALS}, {@code TOO_MANY_ATTEMPTS}. */
  public static final Operation<Login, Tokens> LOGIN =
      open("auth.v1.login", Login.class, Tokens.class);

  /** Goes on with a session. Refusal: {@code INVALID_REFRESH_TOKEN}. */
  public static final Operation<Refresh, Tokens> REFRESH =
      open("auth.v1.refresh", Refresh.class, Tokens.class);

  /** Ends the session of a refresh token; a token that is not known is as good as ended. */
  public static final Operation<Logout, Empty> LOGOUT =
      open("auth.v1.logout", Logout.class, Empty.class);

  /** The caller's own account. */
  public static final Operation<Empty, Account> ME = open("auth.v1.me", Empty.class, Account.class);

  /** Changes the caller's own account. */
  public static final Operation<UpdateMe, Account> UPDATE_ME =
      open("auth.v1.update-me", UpdateMe.class, Account.class);

  /**
   * Changes the caller's password and ends their other sessions. Refusals: {@code
   * INVALID_CREDENTIALS}, {@code TOO_MANY_ATTEMPTS}.
   */
  public static final Operation<ChangePassword, Empty> CHANGE_PASSWORD =
      open("auth.v1.change-password", ChangePassword.class, Empty.class);

  /** The caller's sessions that have not ended, the newest first. */
  public static final Operation<ListSessions, SessionPage> LIST_SESSIONS =
      open("auth.v1.list-sessions", ListSessions.class, SessionPage.class);

  /** Ends one of the caller's sessions. */
  public static final Operation<EndSession, Empty> END_SESSION =
      open("auth.v1.end-session", EndSession.class, Empty.class);

  /** The public signing keys, as a JWK set (RFC 7517). */
  public static final Operation<Empty, KeySet> KEYS =
      open("auth.v1.keys", Empty.class, KeySet.class);

  /** Makes a new signing key. For administrators. */
  public static final Operation<Empty, Rotation> ROTATE_KEYS =
      open("auth.v1.rotate-keys", Empty.class, Rotation.class);

  /** Accounts by their email. For administrators. */
  public static final Operation<ListUsers, UserPage> LIST_USERS =
      open("auth.v1.list-users", ListUsers.class, UserPage.class);

  /** One account. For administrators. */
  public static final Operation<GetUser, Account> GET_USER =
      open("auth.v1.get-user", GetUser.class, Account.class);

  /**
   * Changes what an account may do, and ends its sessions. For administrators. Refusal: {@code
   * LAST_ADMINISTRATOR}.
   */
  public static final Operation<UpdateUser, Account> UPDATE_USER =
      open("auth.v1.update-user", UpdateUser.class, Account.class);

  public static final Operation<Empty, Trust> TRUST =
      internal("auth.v1.trust", Empty.class, Trust.class);

  /** The change notification for {@link #TRUST}. */
  public static final String TRUST_CHANGED = "auth.v1.trust-changed";

  /** The role that every account has. */
  public static final String CUSTOMER = "customer";

  private AuthContract() {}

  /** Asks for an account. */
  public record Register(String email, String password, String name) {}

  /** Asks for a session. */
  public record Login(String email, String password) {}

  /** Asks for the next tokens of a session. */
  public record Refresh(@JsonProperty("refresh_token") String refreshToken) {}

  /** Asks for the end of a session. */
  public record Logout(@JsonProperty("refresh_token") String refreshToken) {}

  /**
   * The tokens of a session, named as in OAuth 2 (RFC 6749).
   *
   * @param accessToken goes with every request, as {@code Bearer}
   * @param tokenType always {@code Bearer}
   * @param expiresIn seconds until the access token expires
   * @param refreshToken good for one refresh
   */
  public record Tokens(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("refresh_token") String refreshToken) {}

  /**
   * An account, as its holder and administrators see it.
   *
   * @param roles what it may do: {@code customer} always, {@code admin} where granted
   * @param disabled whether it may not log in; null where its holder asks
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

  /** The password that is and the one that shall be. */
  public record ChangePassword(String currentPassword, String newPassword) {}

  /** Asks for the caller's sessions. */
  public record ListSessions(int limit, String cursor) {}

  /**
   * What one login began.
   *
   * @param lastUsedAt when it last got tokens
   * @param expiresAt when it ends unless it gets new tokens before
   * @param current whether the request belongs to it
   */
  public record Session(
      UUID id, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean current) {}

  /** A page of sessions. */
  public record SessionPage(List<Session> items, String nextCursor) {}

  /** Names the session that is to end. */
  public record EndSession(UUID id) {}

  /** The public signing keys, each a JWK. */
  public record KeySet(List<JsonNode> keys) {}

  /**
   * A new signing key.
   *
   * @param kid the key's id
   * @param activeFrom when tokens begin to be signed with it
   */
  public record Rotation(String kid, Instant activeFrom) {}

  /**
   * Asks for accounts.
   *
   * @param email the whole address, in whatever case, or null for all
   */
  public record ListUsers(String email, int limit, String cursor) {}

  /** A page of accounts. */
  public record UserPage(List<Account> items, String nextCursor) {}

  /** Names an account. */
  public record GetUser(UUID id) {}

  /**
   * Says what an account may do from now on.
   *
   * @param roles all its roles, or null to leave them
   * @param disabled whether it may not log in, or null to leave it
   */
  public record UpdateUser(UUID id, List<String> roles, Boolean disabled) {}
}
