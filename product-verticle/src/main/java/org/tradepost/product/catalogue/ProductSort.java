package org.tradepost.product.catalogue;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/** The columns by which a list of products can be sorted. */
enum ProductSort {
  NAME("name", "name_key") {
    @Override
    String key(Row row) {
      return row.getString(column());
    }

    @Override
    void bind(Cursor.Keys keys, Tuple parameters) {
      parameters.addString(keys.text(0));
    }
  },

  PRICE("price", "amount") {
    @Override
    String key(Row row) {
      return Long.toString(row.getLong(column()));
    }

    @Override
    void bind(Cursor.Keys keys, Tuple parameters) {
      parameters.addLong(keys.number(0, 0, Long.MAX_VALUE));
    }
  },

  AGE("createdAt", "created_at") {
    @Override
    String key(Row row) {
      var at = row.getOffsetDateTime(column()).toInstant();
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    @Override
    void bind(Cursor.Keys keys, Tuple parameters) {
      var micros = keys.number(0, 0, LATEST_MICROS);
      parameters.addOffsetDateTime(
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
  };

  /** The end of the year 9999, the last that has four digits. */
  private static final long LATEST_MICROS =
      TimeUnit.SECONDS.toMicros(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());

  private final String field;
  private final String column;

  ProductSort(String field, String column) {
    this.field = field;
    this.column = column;
  }

  /** The sort with this name in the REST API, without its sign. */
  static ProductSort named(String field) {
    for (var sort : values()) {
      if (sort.field.equals(field)) {
        return sort;
      }
    }
    throw new IllegalArgumentException("nothing is sorted by " + field);
  }

  String column() {
    return column;
  }

  /** The sort key of a row as a cursor carries it. */
  abstract String key(Row row);

  /**
   * Adds the key of a cursor, its first, to the parameters of a query.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  abstract void bind(Cursor.Keys keys, Tuple parameters);
}
