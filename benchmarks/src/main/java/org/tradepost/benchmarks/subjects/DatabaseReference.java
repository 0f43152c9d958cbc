package org.tradepost.benchmarks.subjects;

import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.measure.BestOf;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.workload.PostgresServer;

/** A plain database client, the reference for what Tradepost does with a database. */
public final class DatabaseReference {
  private static final int[] CONNECTIONS = {8, 32, 64};

  private DatabaseReference() {}

  /** With the fastest number of connections; pgbench if installed, otherwise the same in Java. */
  public static BestOf atItsBest(SqlWork work, PostgresServer server) {
    return new BestOf(
        IntStream.of(CONNECTIONS)
            .mapToObj(count -> with(count, work, server, Metric.RATE))
            .toList());
  }

  /** A client with one connection, measured by its latency. */
  public static Side alone(SqlWork work, PostgresServer server) {
    return with(1, work, server, Metric.P50);
  }

  private static Side with(int count, SqlWork work, PostgresServer server, Metric metric) {
    return PgBench.isInstalled()
        ? new PgBench(work, server, count, metric)
        : new LoadSide(
                String.format(Locale.ROOT, "%s (Java, %d connections)", work.name(), count),
                () -> new SqlClients(count, server, work),
                new CpuTime(Map.of(CpuTime.POSTGRES, server.pid())))
            .comparing(metric);
  }
}
