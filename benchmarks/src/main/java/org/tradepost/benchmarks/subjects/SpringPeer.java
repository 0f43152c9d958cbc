package org.tradepost.benchmarks.subjects;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.BackgroundProgram;
import org.tradepost.benchmarks.machine.CommandOutput;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.BestOf;
import org.tradepost.benchmarks.workload.BenchmarkClient;
import org.tradepost.benchmarks.workload.OrderRequests;
import org.tradepost.benchmarks.workload.PostgresServer;

/** The alternative: the shop as one plain Spring Boot application on one database. */
public record SpringPeer(
    PostgresServer server,
    BackgroundProgram program,
    int port,
    double secondsToStart,
    List<String> customers)
    implements AutoCloseable {
  private static final int[] CONNECTIONS = {32, 128};
  private static final int CUSTOMERS = 8;
  private static final String PRODUCTS =
      """
      insert into product
      select gen_random_uuid(), 'BENCH-' || n, 'product ' || n,
             'A product for every day, of good material.', 'bench', 100 + n, 'EUR', 1000000000
        from generate_series(1, 1000) n
      on conflict do nothing
      """;

  /** Builds it if necessary, starts it on its own database, and fills that. */
  public static SpringPeer start(Project project, PostgresServer server) {
    var jar = build(project.root().resolve("benchmarks/peer-spring"));
    server.makeDatabase("peer");
    var port = Project.freePort();
    var key = new PeerKey();
    var start = System.nanoTime();
    var program =
        project.startJava(
            "peer",
            Map.of(
                "PEER_DATABASE_URL",
                "jdbc:postgresql://" + LoopbackAddress.withPort(server.port()) + "/peer",
                "PEER_DATABASE_USER",
                PostgresServer.ROLE,
                "PEER_DATABASE_PASSWORD",
                server.password(),
                "PEER_PUBLIC_KEY",
                written(project, key).toUri().toString()),
            "-jar",
            jar.toString(),
            "--server.port=" + port);
    var rest = new BenchmarkClient(port);
    program.await(() -> rest.answers("/v1/products?limit=1"));
    var seconds = (System.nanoTime() - start) / 1e9;
    server.run("peer", PRODUCTS);
    var customers = Stream.generate(key::token).limit(CUSTOMERS).toList();
    return new SpringPeer(server, program, port, seconds, customers);
  }

  private static Path build(Path module) {
    var jar = module.resolve("target/peer-spring.jar");
    try {
      if (!Files.exists(jar) || isOlder(jar, module)) {
        CommandOutput.of(
            List.of("mvn", "-B", "-q", "-f", module.resolve("pom.xml").toString(), "package"),
            Map.of());
      }
      return jar;
    } catch (IOException e) {
      throw new MeasurementFailure("The Spring Boot peer cannot be built.", e);
    }
  }

  private static boolean isOlder(Path jar, Path module) throws IOException {
    var built = Files.getLastModifiedTime(jar).toMillis();
    try (var sources = Files.walk(module.resolve("src"))) {
      return Stream.concat(sources, Stream.of(module.resolve("pom.xml")))
          .anyMatch(source -> source.toFile().lastModified() > built);
    }
  }

  private static Path written(Project project, PeerKey key) {
    try {
      return Files.writeString(project.target().resolve("peer-public-key.pem"), key.pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Places orders, with the number of connections that has the highest rate. */
  public BestOf orderSide() {
    return new BestOf(IntStream.of(CONNECTIONS).mapToObj(this::orderSide).toList());
  }

  private LoadSide orderSide(int connections) {
    var products =
        server.rows("peer", "select id from product", Tuple.tuple()).stream()
            .map(row -> row.getUUID("id").toString())
            .toList();
    var orders = new OrderRequests(products, customers);
    return new LoadSide(
        String.format(Locale.ROOT, "place an order (Spring Boot, %d connections)", connections),
        () -> new HttpClients(connections, port, orders),
        new CpuTime(Map.of("peer", program.pid(), CpuTime.POSTGRES, server.pid())));
  }

  /** Places orders until the code is compiled. */
  void warmUp(Duration time) {
    try (var placing = orderSide(CONNECTIONS[0])) {
      placing.startedCold(time);
    }
  }

  public long pid() {
    return program.pid();
  }

  @Override
  public void close() {
    program.close();
  }
}
