package org.tradepost.auth;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.tradepost.auth.accounts.AccountRepository;
import org.tradepost.auth.accounts.Accounts;
import org.tradepost.auth.accounts.EmailFolding;
import org.tradepost.auth.accounts.FirstAdministrator;
import org.tradepost.auth.accounts.UserRepository;
import org.tradepost.auth.accounts.Users;
import org.tradepost.auth.login.AccountRegistration;
import org.tradepost.auth.login.Credentials;
import org.tradepost.auth.login.LoginFailureRepository;
import org.tradepost.auth.login.LoginThrottle;
import org.tradepost.auth.login.Logins;
import org.tradepost.auth.login.PasswordChange;
import org.tradepost.auth.passwords.CommonPasswords;
import org.tradepost.auth.passwords.NativeLibraries;
import org.tradepost.auth.passwords.PasswordHashing;
import org.tradepost.auth.sessions.AccessTokens;
import org.tradepost.auth.sessions.KnownAddressRepository;
import org.tradepost.auth.sessions.SessionRepository;
import org.tradepost.auth.sessions.Sessions;
import org.tradepost.auth.sessions.SigningKeyRepository;
import org.tradepost.auth.sessions.SigningKeys;
import org.tradepost.auth.sessions.TokenRotationRepository;
import org.tradepost.auth.sessions.TrustPublisher;
import org.tradepost.common.contract.auth.AccountContract;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.PeriodicTasks;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.Database;

/** The authentication service: its operations and the classes that serve them. */
public final class AuthVerticle extends ServiceVerticle {

  private final AuthConfig config;
  private final PasswordHashing.Cost hashingCost;

  public AuthVerticle(ClusterNode node, AuthConfig config) {
    this(node, config, PasswordHashing.OWASP);
  }

  /** Uses another hashing cost, for tests that log in hundreds of times. */
  AuthVerticle(ClusterNode node, AuthConfig config, PasswordHashing.Cost hashingCost) {
    super(node, "auth");
    this.config = config;
    this.hashingCost = hashingCost;
  }

  @Override
  protected Future<?> build(Service service) {
    NativeLibraries.prepare();
    var hashing = new PasswordHashing(vertx, hashingCost, config.maxHashings());
    onStop(hashing::close);
    hashing.measure(node.metrics());
    return openDatabase(config.database())
        .compose(
            database ->
                // The first use reads the common passwords, which would block an event loop.
                vertx
                    .executeBlocking(() -> CommonPasswords.has(""))
                    .compose(read -> hashing.decoy())
                    .compose(decoy -> serve(service, database, hashing, decoy)));
  }

  private Future<?> serve(
      Service service, Database database, PasswordHashing hashing, String decoy) {
    var lifetimes = config.lifetimes();
    var accountRepository = new AccountRepository(database);
    var sessionRepository = new SessionRepository(database, lifetimes);
    var failureRepository = new LoginFailureRepository(database);
    var addressRepository = new KnownAddressRepository(database);
    var folding = new EmailFolding(database);
    var keyRepository = new SigningKeyRepository(database);
    var trust = new TrustPublisher(node, keyRepository, sessionRepository);
    var keys = new SigningKeys(vertx, keyRepository, lifetimes, trust);
    inBackground(trust::changed, Future::succeededFuture);
    inBackground(
        new PeriodicTasks(
            vertx,
            Duration.ofMinutes(5),
            List.of(
                sessionRepository::prune,
                failureRepository::prune,
                addressRepository::prune,
                folding::step,
                PeriodicTasks.once(keyRepository::prune))));

    var sessions =
        new Sessions(
            sessionRepository,
            new TokenRotationRepository(database, lifetimes),
            addressRepository,
            new AccessTokens(vertx, keys, lifetimes),
            trust);
    var throttle = new LoginThrottle(failureRepository);
    var credentials = new Credentials(accountRepository, throttle, hashing::matches, decoy);
    var registrations =
        new AccountRegistration(
            accountRepository, addressRepository, throttle, config.passwords(), hashing);
    var accounts = new Accounts(accountRepository);
    var logins = new Logins(credentials, sessions);
    var passwords =
        new PasswordChange(accountRepository, credentials, config.passwords(), hashing, trust);
    var users = new Users(accountRepository, new UserRepository(database), sessions, trust);

    service
        .answer(AccountContract.REGISTER, registrations::register)
        .serve(AuthContract.LOGIN, logins::login)
        .serve(AuthContract.REFRESH, sessions::refresh)
        .serve(AuthContract.LOGOUT, sessions::logout)
        .serve(AccountContract.ME, accounts::me)
        .serve(AccountContract.UPDATE_ME, accounts::update)
        .serve(AccountContract.CHANGE_PASSWORD, passwords::change)
        .serve(AuthContract.LIST_SESSIONS, sessions::list)
        .serve(AuthContract.END_SESSION, sessions::end)
        .serve(AuthContract.LIST_USER_SESSIONS, users::sessions)
        .serve(AuthContract.END_USER_SESSION, sessions::endOfUser)
        .serve(AuthContract.KEYS, trust::keys)
        .serve(AuthContract.ROTATE_KEYS, keys::rotate)
        .serve(AccountContract.LIST_USERS, users::list)
        .serve(AccountContract.GET_USER, users::get)
        .serve(AccountContract.UPDATE_USER, users::update)
        .serve(AuthContract.TRUST, trust::trust);
    var administrator = new FirstAdministrator(accountRepository, hashing);
    return prepare(keys::prepare)
        .compose(done -> folding.all())
        .compose(done -> prepare(() -> prepareAdministrator(administrator)));
  }

  private Future<Void> prepareAdministrator(FirstAdministrator administrator) {
    return config.administrator().map(administrator::prepare).orElseGet(Future::succeededFuture);
  }
}
