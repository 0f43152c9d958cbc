package org.tradepost.benchmarks.subjects;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tradepost.benchmarks.machine.LoopbackAddress;

/** A vertx-web route and nothing else: it has the bytes of every response in memory. */
final class BareRouteServer extends VerticleBase {
  private final int port;
  private final Map<String, Buffer> answers;

  private BareRouteServer(int port, Map<String, Buffer> answers) {
    this.port = port;
    this.answers = answers;
  }

  /** Serves the files of a directory; the arguments are a port and the directory. */
  public static void main(String[] arguments) throws IOException {
    var answers = new HashMap<String, Buffer>();
    try (var files = Files.list(Path.of(arguments[1]))) {
      for (var file : files.toList()) {
        answers.put(file.getFileName().toString(), Buffer.buffer(Files.readAllBytes(file)));
      }
    }
    var cores = Runtime.getRuntime().availableProcessors();
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores))
        .deployVerticle(
            () -> new BareRouteServer(Integer.parseInt(arguments[0]), answers),
            new DeploymentOptions().setInstances(cores))
        .onSuccess(id -> System.out.println("listening"))
        .onFailure(Throwable::printStackTrace);
  }

  @Override
  public Future<?> start() {
    var router = Router.router(vertx);
    router
        .get("/v1/products/:id")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answers.get(context.pathParam("id"))));
    return vertx.createHttpServer().requestHandler(router).listen(port, LoopbackAddress.ADDRESS);
  }
}
