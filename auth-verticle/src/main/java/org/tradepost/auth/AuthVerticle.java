package org.tradepost.auth;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.tradepost.common.contract.AuthContract;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.runtime.Database;
import org.tradepost.common.runtime.Figures;
import org.tradepost.common.runtime.Housekeeping;
import org.tradepost.common.runtime.Service;

/** The authentication service: its operations and what serves them. */
public final class AuthVerticle extends VerticleBase {

  private final ClusterNode node;
  private final AuthConfig config;
  private final PasswordHashing.Cost hashingCost;
  private Database database;
  private PasswordHashing hashing;
  private Housekeeping housekeeping;
  private Service service;

  public AuthVerticle(ClusterNode node, AuthConfig config) {
    this(node, config, PasswordHashing.OWASP);
  }

  /** With hashes of another cost, for tests that log in hundreds of times. */
  AuthVerticle(ClusterNode node, AuthConfig config, PasswordHashing.Cost hashingCost) {
    this.node = node;
    this.config = config;
    this.hashingCost = hashingCost;
  }

  @Override
  public Future<?> start() {
    NativeLibraries.prepare();
    hashing = new PasswordHashing(vertx, hashingCost, config.mostHashings());
    return Database.open(vertx, config.database(), "db/auth")
        .onSuccess(opened -> database = opened)
        // Here, since the list is read when it is first asked, and no event loop should wait for
        // it.
        .compose(opened -> vertx.executeBlocking(() -> CommonPasswords.has("")))
        .compose(read -> hashing.decoy())
        .compose(this::open);
  }

  private Future<Void> open(String decoy) {
    var lifetimes = config.lifetimes();
    var accountRepository = new AccountRepository(database);
    var sessionRepository = new SessionRepository(database, lifetimes);
    var failureRepository = new LoginFailureRepository(database);
    var placeRepository = new KnownPlaceRepository(database);
    var folding = new EmailFolding(database);
    var keyRepository = new SigningKeyRepository(database);
    housekeeping =
        new Housekeeping(
            vertx,
            Duration.ofMinutes(5),
            List.of(
                Housekeeping.once(sessionRepository::prune),
                Housekeeping.once(failureRepository::prune),
                Housekeeping.once(placeRepository::prune),
                folding::step,
                Housekeeping.once(keyRepository::prune)));

    var trust = new TrustPublication(node, keyRepository, sessionRepository);
    var keys = new SigningKeys(vertx, keyRepository, lifetimes, trust);
    var sessions =
        new Sessions(
            sessionRepository,
            new RotationRepository(database, lifetimes),
            placeRepository,
            new AccessTokens(vertx, keys, lifetimes),
            trust);
    var delays = new LoginDelays(failureRepository);
    var credentials =
        new Credentials(accountRepository, placeRepository, delays, hashing::matches, decoy);
    var registrations =
        new Registrations(accountRepository, placeRepository, delays, config.passwords(), hashing);
    var accounts = new Accounts(accountRepository);
    var logins = new Logins(credentials, sessions);
    var passwords =
        new Passwords(accountRepository, credentials, config.passwords(), hashing, trust);
    var users = new Users(accountRepository, new UserRepository(database), trust);

    service =
        new Service(node, "auth")
            .require(database)
            .answer(AuthContract.REGISTER, registrations::register)
            .answer(AuthContract.LOGIN, logins::login)
            .answer(AuthContract.REFRESH, sessions::refresh)
            .serve(AuthContract.LOGOUT, sessions::logout)
            .serve(AuthContract.ME, accounts::me)
            .serve(AuthContract.UPDATE_ME, accounts::update)
            .serve(AuthContract.CHANGE_PASSWORD, passwords::change)
            .serve(AuthContract.LIST_SESSIONS, sessions::list)
            .serve(AuthContract.END_SESSION, sessions::end)
            .serve(AuthContract.KEYS, trust::keys)
            .serve(AuthContract.ROTATE_KEYS, keys::rotate)
            .serve(AuthContract.LIST_USERS, users::list)
            .serve(AuthContract.GET_USER, users::get)
            .serve(AuthContract.UPDATE_USER, users::update)
            .serve(AuthContract.TRUST, trust::trust);

    node.figures().tell(Figures.QUEUE, "passwords to hash", hashing::queue);
    return keys.prepare()
        .compose(done -> folding.all())
        .compose(done -> prepareAdministrator(new FirstAdministrator(accountRepository, hashing)))
        .compose(done -> service.open())
        .onSuccess(done -> trust.changed())
        .onSuccess(done -> housekeeping.begin());
  }

  private Future<Void> prepareAdministrator(FirstAdministrator administrator) {
    return config.administrator().map(administrator::prepare).orElseGet(Future::succeededFuture);
  }

  @Override
  public Future<?> stop() {
    return service
        .close()
        .compose(left -> housekeeping.end())
        .compose(done -> Future.join(hashing.close(), database.close()));
  }
}
