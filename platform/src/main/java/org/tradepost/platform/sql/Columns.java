package org.tradepost.platform.sql;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Adds rows to the parameters of a statement that reads them with {@code unnest}: one array for
 * each column.
 */
public final class Columns<T> {

  private final Tuple parameters;
  private final List<T> rows;

  /**
   * @param parameters receives the arrays, in the order of the calls
   */
  public Columns(Tuple parameters, List<T> rows) {
    this.parameters = parameters;
    this.rows = rows;
  }

  public Columns<T> uuid(Function<T, UUID> value) {
    return add(value, UUID[]::new);
  }

  public Columns<T> text(Function<T, String> value) {
    return add(value, String[]::new);
  }

  public Columns<T> integer(Function<T, Integer> value) {
    return add(value, Integer[]::new);
  }

  public Columns<T> bigint(Function<T, Long> value) {
    return add(value, Long[]::new);
  }

  private <C> Columns<T> add(Function<T, C> value, IntFunction<C[]> array) {
    parameters.addValue(rows.stream().map(value).toArray(array));
    return this;
  }
}
