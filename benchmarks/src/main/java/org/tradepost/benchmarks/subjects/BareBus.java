package org.tradepost.benchmarks.subjects;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.tradepost.benchmarks.load.Client;
import org.tradepost.benchmarks.load.Clients;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.BackgroundProgram;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.Project;

/** The event bus and nothing else: this JVM calls {@link BusEcho} in another one. */
public final class BareBus implements AutoCloseable {
  /** About as many bytes as a product or an order has. */
  private static final Buffer BODY =
      Buffer.buffer(
          """
          {"id":"0b0f4a3e-4f0e-4e0c-9d9e-5b1a7a5f3c11","sku":"BENCH-0042","name":"green chair 42",\
          "description":"A green chair for every day, of good material. Collection c00002.",\
          "category":"chair","price":{"amount":142,"currency":"EUR"},"attributes":{"colour":"green"},\
          "status":"active","available":1000000000,"version":1,\
          "createdAt":"2026-01-02T03:04:05.678901Z","updatedAt":"2026-01-02T03:04:05.678901Z"}""");

  private final BackgroundProgram echo;
  private final Vertx vertx;
  private final Context context;

  private BareBus(BackgroundProgram echo, Vertx vertx) {
    this.echo = echo;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /** Starts the echo and joins its cluster. */
  public static BareBus start(Project project) {
    var cluster = "bench-" + UUID.randomUUID();
    var port = Project.freePort();
    var configuration = project.root().resolve("cluster.xml");
    var echo =
        project.startListening(
            "bus-echo", BusEcho.class, cluster, "" + port, configuration.toString());
    try {
      var node = new BusNode(cluster, Project.freePort());
      return new BareBus(echo, node.join(configuration, List.of(port)));
    } catch (RuntimeException e) {
      echo.close();
      throw e;
    }
  }

  /** A side with that many requests in flight, all from one event loop. */
  public LoadSide side(int atOnce) {
    return new LoadSide(
        String.format(Locale.ROOT, "the bus alone, %d at a time", atOnce),
        () -> clients(atOnce),
        new CpuTime(Map.of("bus echo", echo.pid())));
  }

  private Clients clients(int count) {
    return new Clients() {
      @Override
      public List<Client> all() {
        return Collections.nCopies(count, responded -> context.runOnContext(on -> send(responded)));
      }

      @Override
      public void close() {}
    };
  }

  private void send(Consumer<Optional<String>> responded) {
    Client.report(
        vertx.eventBus().<Buffer>request(BusEcho.ADDRESS, BODY),
        reply ->
            BODY.equals(reply.body()) ? Optional.empty() : Optional.of(reply.body().toString()),
        responded);
  }

  @Override
  public void close() {
    Await.on(vertx.close());
    echo.close();
  }
}
