package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

/** A pooler between service and server, which gives a server connection to whoever needs one. */
@ExtendWith(VertxExtension.class)
class PgBouncerTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"session, true", "session, false", "transaction, false"})
  void serves_many_at_once(String mode, boolean prepared, Vertx vertx) throws Exception {
    var program =
        Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer").map(Path::of).filter(Files::exists);
    var found = program.findFirst();
    Assumptions.assumeTrue(found.isPresent(), "pgbouncer is not installed");
    var config = TestDatabase.create();
    int port = FreePorts.one();
    var process = start(found.get(), port, mode, config);
    try {
      await().until(() -> listens(port));
      var url =
          DatabaseUrl.of(
              "URL",
              String.format(
                  Locale.ROOT,
                  "postgresql://%s/%s",
                  Loopback.hostAndPort(port),
                  config.url().name()));
      var through = new DatabaseConfig(url, config.user(), config.password(), 6, prepared);
      var one = TestNode.await(Database.open(vertx, through, "db/test"));
      var other = TestNode.await(Database.open(vertx, through, "db/test"));
      for (int round = 0; round < 20; round++) {
        TestNode.await(Future.all(everything(one, round), everything(other, 100 + round)));
      }
      var count = TestNode.await(one.query("select count(*)::int from account"));
      assertThat(count.iterator().next().getInteger(0)).isEqualTo(40 * 10 * 3);
      TestNode.await(Future.all(one.close(), other.close()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static Future<?> everything(Database database, int round) {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < 10; i++) {
      int id = (round * 10 + i) * 3;
      all.add(database.query("insert into account values ($1, 0)", Tuple.of(id)));
      all.add(database.transaction("insert into account values ($1, $2)", Tuple.of(id + 1, 7)));
      all.add(database.query("select $1::text", Tuple.of("a")));
      all.add(
          database.transaction(
              connection ->
                  connection
                      .preparedQuery("insert into account values ($1, 0)")
                      .execute(Tuple.of(id + 2))
                      .compose(
                          done ->
                              connection
                                  .preparedQuery("update account set amount = $2 where id = $1")
                                  .execute(Tuple.of(id + 2, 5)))));
    }
    return Future.all(all);
  }

  private Process start(Path program, int port, String mode, DatabaseConfig config)
      throws IOException {
    var server = config.url().hosts().get(0);
    var users = Files.writeString(directory.resolve("users"), "\"postgres\" \"postgres\"\n");
    var file =
        Files.write(
            directory.resolve("pgbouncer.ini"),
            List.of(
                "[databases]",
                "* = host=" + Loopback.ADDRESS + " port=" + server.port(),
                "[pgbouncer]",
                "listen_addr = " + Loopback.ADDRESS,
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = trust",
                "auth_file = " + users,
                "pool_mode = " + mode,
                "max_client_conn = 100",
                "default_pool_size = " + (mode.equals("session") ? 40 : 3),
                "ignore_startup_parameters = extra_float_digits"));
    directory.toFile().setReadable(true, false);
    directory.toFile().setExecutable(true, false);
    var command = new ArrayList<String>(List.of(program.toString(), file.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(1, List.of("-u", "postgres"));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("pgbouncer.log").toFile())
        .start();
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getByName(Loopback.ADDRESS), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
