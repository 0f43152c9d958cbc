package org.tradepost.benchmarks.subjects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.BackgroundProgram;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.workload.BenchmarkClient;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.proof.rest.RestRequest;

/** The reference for cached reads: {@link BareRouteServer} in its own JVM. */
public record BareRoute(BackgroundProgram program, int port) implements AutoCloseable {

  /** Starts one with the current responses of a shop. */
  public static BareRoute start(Project project, BenchmarkShop shop, List<String> products) {
    var answers = project.target().resolve("bare-route");
    var rest = new BenchmarkClient(shop.port());
    try {
      Files.createDirectories(answers);
      for (var product : products) {
        var read = RestRequest.get("/v1/products/" + product);
        Files.writeString(answers.resolve(product), rest.send(200, read).content());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var port = Project.freePort();
    return new BareRoute(
        project.startListening("bare-route", BareRouteServer.class, "" + port, answers.toString()),
        port);
  }

  public LoadSide side(int connections, LoadRequest.Source source) {
    return new LoadSide(
        String.format(Locale.ROOT, "read a product (bare route, %d connections)", connections),
        () -> new HttpClients(connections, port, source),
        new CpuTime(Map.of("bare route", program.pid())));
  }

  @Override
  public void close() {
    program.close();
  }
}
