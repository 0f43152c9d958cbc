package org.tradepost.benchmarks.subjects;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.tradepost.benchmarks.load.Client;

/**
 * One query, with one of several lists of parameters.
 *
 * @param parameters lists of texts, which pgbench gets as literals in the statement
 * @param rows how many rows it finds, whatever the parameters
 */
public record QueryWork(
    String name, String database, String sql, List<List<String>> parameters, int rows)
    implements SqlWork {
  /** Fewer than the number of files that pgbench accepts. */
  private static final int MAX_SCRIPTS = 100;

  @Override
  public List<String> scripts() {
    return parameters.stream().limit(MAX_SCRIPTS).map(this::script).toList();
  }

  private String script(List<String> values) {
    var script = sql;
    for (int i = values.size(); i > 0; i--) {
      script = script.replace("$" + i, "'" + values.get(i - 1).replace("'", "''") + "'");
    }
    return script + ";\n";
  }

  @Override
  public Client client(PgConnection connection) {
    // The driver sends parameters as the types that the statement declares, so it declares text.
    var typed =
        IntStream.rangeClosed(1, parameters.get(0).size())
            .boxed()
            .sorted((one, other) -> other - one)
            .reduce(
                sql,
                (text, i) -> text.replace("$" + i, cast(parameters.get(0).get(i - 1), i)),
                (one, other) -> one);
    return responded ->
        Client.report(
            connection.preparedQuery(typed).execute(any()),
            found -> found.size() == rows ? Optional.empty() : Optional.of(found.size() + " rows"),
            responded);
  }

  private static String cast(String example, int number) {
    return example.matches("[0-9a-f]{8}-.{27}")
        ? "($" + number + "::text)::uuid"
        : "$" + number + "::text";
  }

  private Tuple any() {
    var values = parameters.get(ThreadLocalRandom.current().nextInt(parameters.size()));
    return Tuple.wrap(values.stream().map(Object.class::cast).toList());
  }
}
