package org.tradepost.launcher.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.os.PrivateFile;

/** The data directory of one Tradepost, locked by one JVM at a time. */
public final class DataDirectory implements AutoCloseable {
  /** The major version of the embedded PostgreSQL; data of another one is not touched. */
  static final String POSTGRES_MAJOR = "18";

  static final String SECRETS = "secrets.properties";

  private static final String LOG = "tradepost.log";
  private static final String LOGS = "logs";

  private static final Set<String> FILES_OF_AN_INTERRUPTED_START =
      Set.of("lock", "server", "first-start.properties", LOG, "certificates", "management", LOGS);

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens or creates the directory and locks it until {@link #close} or the end of the JVM.
   *
   * @throws CommandFailure with a message for the user, if it cannot be used
   */
  public static DataDirectory open(Path named) {
    var path = named.toAbsolutePath().normalize();
    try {
      ShellSafePath.require(path);
      Files.createDirectories(path);
      path = path.toRealPath();
      ShellSafePath.require(path);
      requireOwn(path);
      requireTradepost(path);
      var lock = lock(path);
      try {
        PrivateFile.restrictDirectory(path);
        requireSameMajor(path);
        return new DataDirectory(path, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          "The data directory " + path + " is a file; name another with --data.", e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(
          "The data directory " + path + " cannot be written; name another with --data.", e);
    } catch (FileSystemException e) {
      var reason = e.getReason() == null ? "it cannot be written" : e.getReason();
      throw new CommandFailure(
          "The data directory "
              + path
              + " cannot be used: "
              + reason
              + "; name another with --data.",
          e);
    } catch (IOException e) {
      throw CommandFailure.of("The data directory " + path + " cannot be used", e);
    }
  }

  /** PostgreSQL rejects a directory that belongs to another user. */
  private static void requireOwn(Path path) throws IOException {
    if (!Files.getAttribute(path, "unix:uid").equals((int) new UnixSystem().getUid())) {
      throw new CommandFailure(
          "The data directory "
              + path
              + " belongs to the user "
              + Files.getOwner(path).getName()
              + "; run Tradepost as that user, or name another with --data.");
    }
  }

  private static void requireTradepost(Path path) throws IOException {
    try (var entries = Files.list(path)) {
      var names = entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
      // A crash during the first write of the secrets leaves a file whose name only begins so.
      var hasSecrets = names.stream().anyMatch(name -> name.startsWith(SECRETS));
      if (!hasSecrets && !FILES_OF_AN_INTERRUPTED_START.containsAll(names)) {
        throw new CommandFailure(
            "The directory "
                + path
                + " contains files that are not Tradepost's; name an empty one with --data.");
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    var file = path.resolve("lock");
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      var owner = Files.readString(file, US_ASCII).strip();
      channel.close();
      throw new CommandFailure(
          "The data directory %s is in use by another Tradepost%s."
              .formatted(path, owner.isEmpty() ? "" : " (process " + owner + ")"));
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)));
    return channel;
  }

  private static void requireSameMajor(Path path) throws IOException {
    var version = path.resolve("postgres/PG_VERSION");
    if (!Files.exists(version)) {
      return;
    }
    var major = Files.readString(version, US_ASCII).strip();
    if (!major.isEmpty() && !major.equals(POSTGRES_MAJOR)) {
      throw new CommandFailure(
          "The data directory %s was written by PostgreSQL %s and this is PostgreSQL %s; move the data with pg_dump, or name another directory with --data."
              .formatted(path, major, POSTGRES_MAJOR));
    }
  }

  /** The path of the directory, with symbolic links resolved. */
  public Path path() {
    return path;
  }

  /** The embedded server's own files. */
  public Path postgres() {
    return path.resolve("postgres");
  }

  /** The log of the embedded server since its last start. */
  public Path serverLog() {
    return path.resolve("postgres.log");
  }

  /** The secrets that were generated for this directory. */
  public Path secrets() {
    return path.resolve(SECRETS);
  }

  /** The log of the services that run in the command's own JVM. */
  public Path log() {
    return log(path);
  }

  /** The same as {@link #log()}, for a directory that may be in use. */
  public static Path log(Path directory) {
    return directory.resolve(LOG);
  }

  /** The directory with the log of each member of a cluster, in a file with its name. */
  public static Path memberLogs(Path directory) {
    return directory.resolve(LOGS);
  }

  /** The certificates for TLS between the members of a cluster. */
  public Path certificates() {
    return path.resolve("certificates");
  }

  /** What remains to be done of the first start. */
  Path firstStart() {
    return path.resolve("first-start.properties");
  }

  /** Exists while the databases are being created; if it is left over, they are incomplete. */
  public Path initialising() {
    return path.resolve("initialising");
  }

  /** Unlocks the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot release " + path, e);
    }
  }
}
