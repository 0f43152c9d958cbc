package org.tradepost.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.contract.auth.AccountContract.Register;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.contract.auth.AuthContract.Login;
import org.tradepost.common.contract.auth.AuthContract.Refresh;
import org.tradepost.common.contract.auth.AuthContract.Tokens;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** The authentication service on its own node, shared by the tests of this module. */
public final class AuthFixture {

  public static final String PASSWORD = "a quiet analytical engine";
  public static final String ADMIN_EMAIL = "root@tradepost.example";
  public static final String ADMIN_PASSWORD = "the keys of the whole house";

  /** Minimal, since the tests log in hundreds of times. */
  public static final PasswordHashing.Cost HASHING_COST = new PasswordHashing.Cost(64, 1, 1);

  private static AuthFixture shared;

  private final ClusterNode node;
  private final Database database;

  private AuthFixture() {
    var settings = settings();
    node = TestNode.start();
    await(node.deploy(new AuthVerticle(node, AuthConfig.from(settings), HASHING_COST)));
    database = await(Database.open(node.vertx(), AuthConfig.from(settings).database(), "db/auth"));
    TestTokens.awaitKeys(node);
  }

  public static synchronized AuthFixture shared() {
    if (shared == null) {
      shared = new AuthFixture();
    }
    return shared;
  }

  /** Returns the settings of a service with a new database and an administrator. */
  public static Settings settings() {
    var values = new HashMap<>(TestDatabase.settings());
    values.putAll(
        Map.of("TRADEPOST_ADMIN_EMAIL", ADMIN_EMAIL, "TRADEPOST_ADMIN_PASSWORD", ADMIN_PASSWORD));
    return Settings.of(values);
  }

  public ClusterNode node() {
    return node;
  }

  /** Makes the node read the current keys and ended sessions. */
  public void refreshTrust() {
    // The first refresh may have been in progress already.
    await(node.trustedKeys().refresh());
    await(node.trustedKeys().refresh());
  }

  /** Returns a new email that no account has. */
  public static String newEmail() {
    return "u" + UUID.randomUUID() + "@example.org";
  }

  /** Returns the client as a gateway reports it. */
  public String proofOf(String client) {
    return node.clientProof().sign(client);
  }

  /** Logs in from an address; fails if the login is rejected. */
  public Future<Tokens> loginFrom(String client, String token, String email, String password) {
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.CLIENT, proofOf(client));
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    var request = WireJson.write(new Login(email, password));
    return node.bus()
        .send(AuthContract.LOGIN.address(), request, headers, TestNode.TIMEOUT_MILLIS)
        .map(reply -> WireJson.read(reply.body(), Tokens.class));
  }

  /** Registers an account with {@link #PASSWORD} and returns its email. */
  public String register() {
    var email = newEmail();
    call(AccountContract.REGISTER, null, new Register(email, PASSWORD, "Ada"));
    return email;
  }

  public Tokens login(String email) {
    return login(email, PASSWORD);
  }

  public Tokens login(String email, String password) {
    return call(AuthContract.LOGIN, null, new Login(email, password));
  }

  public Tokens refresh(Tokens tokens) {
    return call(AuthContract.REFRESH, null, new Refresh(tokens.refreshToken()));
  }

  public String adminToken() {
    return login(ADMIN_EMAIL, ADMIN_PASSWORD).accessToken();
  }

  /** Calls an operation and returns its reply. */
  public <Q, R> R call(Operation<Q, R> operation, String token, Q request) {
    var bytes = send(operation, token, WireJson.write(request));
    return bytes.length() == 0 ? null : WireJson.read(bytes, operation.reply());
  }

  /** Calls an operation and returns its rejection. */
  public <Q> Failure rejected(Operation<Q, ?> operation, String token, Q request) {
    return rejected(operation, token, WireJson.write(request));
  }

  /** Sends a text that may be no valid request, and returns its rejection. */
  public Failure rejected(Operation<?, ?> operation, String token, String body) {
    return rejected(operation, token, Buffer.buffer(body));
  }

  private Failure rejected(Operation<?, ?> operation, String token, Buffer body) {
    var rejection =
        catchThrowableOfType(ServiceException.class, () -> send(operation, token, body));
    assertThat(rejection).as("the rejection of %s", operation.address()).isNotNull();
    return rejection.failure();
  }

  private Buffer send(Operation<?, ?> operation, String token, Buffer body) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    return await(node.bus().send(operation.address(), body, headers, TestNode.TIMEOUT_MILLIS))
        .body();
  }

  /** Extends the delays after failed logins by an hour, since a test may take longer. */
  public void prolongDelays() {
    sql(
        "update login_failure set blocked_until = blocked_until + interval '1 hour'"
            + " where blocked_until is not null");
  }

  /** Runs a statement on the database, bypassing the service. */
  public RowSet<Row> sql(String sql, Object... parameters) {
    return await(database.query(sql, Tuple.from(parameters)));
  }

  /** Runs work during which nobody can write to a table. */
  public <T> T whileLocked(String table, Supplier<Future<T>> work) {
    // The locking transaction stays idle for as long as the work takes.
    var lock =
        "set local idle_in_transaction_session_timeout = 0; lock table " + table + " in share mode";
    return await(
        database.transaction(
            connection -> connection.query(lock).execute().compose(locked -> work.get())));
  }

  public static JsonObject header(String token) {
    return part(token, 0);
  }

  public static JsonObject claims(String token) {
    return part(token, 1);
  }

  public static UUID session(Tokens tokens) {
    return UUID.fromString(claims(tokens.accessToken()).getString("sid"));
  }

  private static JsonObject part(String token, int index) {
    return new JsonObject(
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8));
  }
}
