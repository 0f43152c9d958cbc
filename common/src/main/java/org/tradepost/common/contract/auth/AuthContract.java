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

/** What the authentication service offers for sessions, tokens and signing keys. */
public final class AuthContract {

  /**
   * Starts a session. May be rejected with {@code INVALID_CREDENTIALS} or {@code
   * TOO_MANY_ATTEMPTS}.
   */
  public static final Operation<Login, Tokens> LOGIN =
      open("auth.v1.login", Login.class, Tokens.class);

  /** Continues a session with new tokens. May be rejected with {@code INVALID_REFRESH_TOKEN}. */
  public static final Operation<Refresh, Tokens> REFRESH =
      open("auth.v1.refresh", Refresh.class, Tokens.class);

  /** Ends the session of a refresh token. An unknown token is no error. */
  public static final Operation<Logout, Empty> LOGOUT =
      open("auth.v1.logout", Logout.class, Empty.class);

  /** The caller's sessions that have not ended, newest first. */
  public static final Operation<ListSessions, SessionPage> LIST_SESSIONS =
      open("auth.v1.list-sessions", ListSessions.class, SessionPage.class);

  /** Ends one of the caller's sessions. */
  public static final Operation<EndSession, Empty> END_SESSION =
      open("auth.v1.end-session", EndSession.class, Empty.class);

  /** The sessions of an account that have not ended, newest first. For administrators. */
  public static final Operation<ListUserSessions, SessionPage> LIST_USER_SESSIONS =
      open("auth.v1.list-user-sessions", ListUserSessions.class, SessionPage.class);

  /** Ends a session of an account. For administrators. */
  public static final Operation<EndUserSession, Empty> END_USER_SESSION =
      open("auth.v1.end-user-session", EndUserSession.class, Empty.class);

  /** The public signing keys, as a JWK set (RFC 7517). */
  public static final Operation<Empty, KeySet> KEYS =
      open("auth.v1.keys", Empty.class, KeySet.class);

  /** Creates a new signing key. For administrators. */
  public static final Operation<Empty, Rotation> ROTATE_KEYS =
      open("auth.v1.rotate-keys", Empty.class, Rotation.class);

  public static final Operation<Empty, Trust> TRUST =
      internal("auth.v1.trust", Empty.class, Trust.class);

  /** The change notification for {@link #TRUST}. */
  public static final String TRUST_CHANGED = "auth.v1.trust-changed";

  private AuthContract() {}

  /** Asks for a new session. */
  public record Login(String email, String password) {}

  /** Asks for the next tokens of a session. */
  public record Refresh(@JsonProperty("refresh_token") String refreshToken) {}

  /** Asks for the end of a session. */
  public record Logout(@JsonProperty("refresh_token") String refreshToken) {}

  /**
   * The tokens of a session, named as in OAuth 2 (RFC 6749).
   *
   * @param accessToken is sent with every request, as {@code Bearer}
   * @param tokenType always {@code Bearer}
   * @param expiresIn seconds until the access token expires
   * @param refreshToken is valid for one refresh
   */
  public record Tokens(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("refresh_token") String refreshToken) {}

  /** Asks for the caller's sessions. */
  public record ListSessions(int limit, String cursor) {}

  /**
   * A session, which begins with a login.
   *
   * @param lastUsedAt when it last got tokens
   * @param expiresAt when it ends unless it gets new tokens first
   * @param current whether the request belongs to it
   */
  public record Session(
      UUID id, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean current) {}

  /** A page of sessions. */
  public record SessionPage(List<Session> items, String nextCursor) {}

  /** Names the session to end. */
  public record EndSession(UUID id) {}

  /** Asks for the sessions of an account. */
  public record ListUserSessions(UUID id, int limit, String cursor) {}

  /**
   * Names the session to end.
   *
   * @param id the account of the session
   */
  public record EndUserSession(UUID id, UUID session) {}

  /** The public signing keys, each as a JWK. */
  public record KeySet(List<JsonNode> keys) {}

  /**
   * A new signing key.
   *
   * @param kid the key's id
   * @param activeFrom when the first token is signed with it
   */
  public record Rotation(String kid, Instant activeFrom) {}
}
