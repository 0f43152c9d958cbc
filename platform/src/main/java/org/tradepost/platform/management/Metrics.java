package org.tradepost.platform.management;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The metrics that the parts of a node report, collected on request. */
public final class Metrics {

  /**
   * A service that the node runs: {@code version}, {@code inFlight}, and {@code served} since it
   * started.
   */
  public static final String SERVICE = "service";

  /** Something that waits: {@code waiting}, and {@code most} when there is a bound. */
  public static final String QUEUE = "queue";

  /**
   * The circuit breakers of a service: {@code state}, the {@code operations} that are not called,
   * {@code failures}, {@code timesOpened}.
   */
  public static final String CIRCUIT = "circuit";

  /**
   * How many calls to a service a gateway may have under way: {@code inFlight}, {@code most} at
   * present, and {@code refused} since the gateway started.
   */
  public static final String LIMIT = "limit";

  /**
   * The calls of the node to services since it started; by service {@code calls}, {@code failed},
   * and the {@code micros} that all took together.
   */
  public static final String CALLS = "calls";

  /** What a service's database still has to do, the same whichever instance reports it. */
  public static final String BACKLOG = "backlog";

  /** Why the node is not ready: the reasons, by the name of what is missing. */
  public static final String TROUBLE = "trouble";

  /** A part that does not answer by then is left out with the reason. */
  private static final long PART_MILLIS = 600;

  private final Vertx vertx;
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  public Metrics(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The metrics of one part.
   *
   * @param kind one of the constants above
   * @param name which one of that kind
   * @param values by name; {@code unknown} alone, with the reason, when the part could not be asked
   */
  public record Metric(String kind, String name, Map<String, Object> values) {}

  private record Part(
      String kind, String name, Context context, Supplier<Future<Map<String, Object>>> source) {}

  /** Registers the metrics of a part; {@code source} is called on the context of the caller. */
  public void register(String kind, String name, Supplier<Future<Map<String, Object>>> source) {
    parts.add(new Part(kind, name, vertx.getOrCreateContext(), source));
  }

  /** The metrics of all parts. */
  public Future<List<Metric>> collect() {
    var asked = parts.stream().map(Metrics::ask).toList();
    return Future.join(asked).map(done -> asked.stream().map(Future::result).toList());
  }

  private static Future<Metric> ask(Part part) {
    Promise<Map<String, Object>> collected = Promise.promise();
    part.context()
        .runOnContext(
            due ->
                Future.succeededFuture()
                    .compose(begun -> part.source().get())
                    .onComplete(collected));
    return collected
        .future()
        .timeout(PART_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(failure -> Map.of("unknown", String.valueOf(failure.getMessage())))
        .map(values -> new Metric(part.kind(), part.name(), values));
  }
}
