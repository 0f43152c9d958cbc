package org.tradepost.product.listing;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/** What a list of products can be sorted by. */
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
  },

  /** How well a product matches a search: computed by {@link SearchSql#SCORE}, not a column. */
  SCORE("relevance", "score") {
    @Override
    void bind(Cursor.Keys keys, Tuple parameters) {
      parameters.addLong(keys.number(0, 0, SearchSql.MAX_SCORE));
    }
  },

  /** An arbitrary order: ids are random. */
  ID("id", "id") {
    @Override
    String key(Row row) {
      return "";
    }

    @Override
    String conditionAfter(Cursor.Keys keys, boolean descending, Tuple parameters) {
      parameters.addUUID(keys.id(1));
      return String.format(Locale.ROOT, "id %s $%d", sign(descending), parameters.size());
    }

    @Override
    void bind(Cursor.Keys keys, Tuple parameters) {
      throw new UnsupportedOperationException("the id is bound already");
    }
  };

  /** The end of the last year with four digits, in microseconds since 1970. */
  private static final long LATEST_MICROS =
      TimeUnit.SECONDS.toMicros(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());

  private final String field;
  private final String column;

  ProductSort(String field, String column) {
    this.field = field;
    this.column = column;
  }

  /**
   * Returns the condition that a product comes after a place in the sort order.
   *
   * @param keys the sort key and the id of the product at that place
   * @param parameters the parameters of the query, to which those of the condition are added
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  String conditionAfter(Cursor.Keys keys, boolean descending, Tuple parameters) {
    bind(keys, parameters);
    parameters.addUUID(keys.id(1));
    return String.format(
        Locale.ROOT,
        "(%s, id) %s ($%d, $%d)",
        column,
        sign(descending),
        parameters.size() - 1,
        parameters.size());
  }

  private static String sign(boolean descending) {
    return descending ? "<" : ">";
  }

  /** Returns the sort with this name in the REST API, without the sign for descending order. */
  static ProductSort named(String field) {
    for (var sort : values()) {
      if (sort.field.equals(field)) {
        return sort;
      }
    }
    throw new IllegalArgumentException("there is no sort named " + field);
  }

  String column() {
    return column;
  }

  /** Returns the sort key of a row, as a cursor carries it; by default, it is a number. */
  String key(Row row) {
    return Long.toString(row.getLong(column));
  }

  /**
   * Adds the sort key of a cursor to the parameters of a query.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  abstract void bind(Cursor.Keys keys, Tuple parameters);
}
