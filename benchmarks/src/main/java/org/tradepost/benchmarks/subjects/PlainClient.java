package org.tradepost.benchmarks.subjects;

import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.measure.BestOf;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.workload.Postgres;

/** A plain client of a database, the reference for what Tradepost does with it. */
public final class PlainClient {
  private static final int[] CONNECTIONS = {8, 32, 64};

  private PlainClient() {}

  /**
   * With the number of connections that does most: pgbench where installed, else the same in Java.
   */
  public static BestOf atItsBest(SqlWork work, Postgres server) {
    return new BestOf(
        IntStream.of(CONNECTIONS)
            .mapToObj(count -> with(count, work, server, Figure.RATE))
            .toList());
  }

  /** With one connection, and how long it waits. */
  public static Side alone(SqlWork work, Postgres server) {
    return with(1, work, server, Figure.P50);
  }

  private static Side with(int count, SqlWork work, Postgres server, Figure figure) {
    return PgBench.isInstalled()
        ? new PgBench(work, server, count, figure)
        : new LoadSide(
                String.format(Locale.ROOT, "%s (Java, %d connections)", work.name(), count),
                () -> new SqlClients(count, server, work),
                new CpuTime(Map.of(CpuTime.POSTGRES, server.pid())))
            .comparing(figure);
  }
}
