package org.tradepost.product;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** What a list of products can be sorted by. */
enum ProductSort {
  NAME("name", "name_key") {
    @Override
    String key(Row row) {
      return row.getString(column());
    }

    @Override
    void bind(String key, Tuple parameters) {
      if (key.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("no name has this character");
      }
      parameters.addString(key);
    }
  },

  PRICE("price", "amount") {
    @Override
    String key(Row row) {
      return Long.toString(row.getLong(column()));
    }

    @Override
    void bind(String key, Tuple parameters) {
      parameters.addLong(Long.parseLong(key));
    }
  },

  AGE("createdAt", "created_at") {
    @Override
    String key(Row row) {
      var at = row.getOffsetDateTime(column()).toInstant();
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    @Override
    void bind(String key, Tuple parameters) {
      var micros = Long.parseLong(key);
      if (micros < 0) {
        throw new IllegalArgumentException("no product is that old");
      }
      parameters.addOffsetDateTime(
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
  };

  private final String field;
  private final String column;

  ProductSort(String field, String column) {
    this.field = field;
    this.column = column;
  }

  /** The sort by its name in the REST face, the sign set aside. */
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
   * Adds the key of a cursor to the parameters of a query.
   *
   * @throws RuntimeException when it is none
   */
  abstract void bind(String key, Tuple parameters);
}
