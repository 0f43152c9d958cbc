package org.tradepost.order;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;

/**
 * The statement that reads a page of orders. It contains only the conditions of the request, so
 * that each request can use its index. The limit is part of the text: as a parameter, it would make
 * PostgreSQL plan every query anew.
 */
final class OrderListing {

  /** Bounds the search for a state that is rare among a customer's orders to some milliseconds. */
  static final int MAX_EXAMINED = 5_000;

  private static final String LIST =
      "select "
          + OrderRows.COLUMNS
          + ", true as matches from (%s) as o order by o.placed_at desc, o.id desc limit %d";

  private static final String ROWS =
      "(select * from orders o where %s order by o.placed_at desc, o.id desc limit %d)";

  /** The index of a customer's orders contains the state, so this reads only the index. */
  private static final String OF_CUSTOMER =
      """
      select id, placed_at, status from orders o where %s order by placed_at desc, id desc limit %d
      """;

  // A page that is cut short also has the last order examined, as one that does not match.
  private static final String LIST_OF_CUSTOMER_IN_STATE =
      """
      with found as materialized (
        select id from (%1$s) as examined where status = $%2$d order by placed_at desc, id desc limit %3$d
      ), edge as (
        select id from (%1$s) as examined where (select count(*) from found) < %3$d
         order by placed_at desc, id desc offset %4$d - 1 limit 1
      ), page as (
        select id, true as matches from found union all select id, false from edge
      )
      select %5$s, matches from page join orders o using (id)
       order by o.placed_at desc, o.id desc, matches desc
      """;

  private static final List<String> EACH_STATUS =
      Stream.of(OrderStatus.values()).map("o.status = '%s'"::formatted).toList();

  private final Tuple parameters = Tuple.tuple();
  private final List<String> conditions = new ArrayList<>();
  private final boolean ofCustomer;
  private final Optional<Integer> status;

  /**
   * @param customer whose orders; empty for all customers
   * @param after where to begin; empty for the newest
   */
  OrderListing(
      Optional<UUID> customer, ListOrders query, Optional<OrderRepository.Position> after) {
    ofCustomer = customer.isPresent();
    customer.ifPresent(id -> conditions.add("o.customer_id = $" + add(id)));
    if (query.number() != null) {
      conditions.add("o.number = $" + add(OrderRows.parseNumber(query.number())));
    }
    if (query.placedAfter() != null) {
      conditions.add("o.placed_at >= $" + add(time(query.placedAfter())));
    }
    if (query.placedBefore() != null) {
      conditions.add("o.placed_at < $" + add(time(query.placedBefore())));
    }
    after.ifPresent(
        last ->
            conditions.add(
                "(o.placed_at, o.id) < ($%s, $%s)"
                    .formatted(add(time(last.placedAt())), add(last.id()))));
    status = Optional.ofNullable(query.status()).map(asked -> add(asked.name()));
  }

  Tuple parameters() {
    return parameters;
  }

  /**
   * Returns the statement.
   *
   * @param limit the most orders to read
   * @param maxExamined how many orders of a customer are examined for those in one state
   */
  String sql(int limit, int maxExamined) {
    if (ofCustomer) {
      return status
          .map(asked -> inState(asked, limit, maxExamined))
          .orElseGet(() -> merged(List.of("o.status <> 'ABANDONED'"), limit));
    }
    return merged(status.map(asked -> List.of("o.status = $" + asked)).orElse(EACH_STATUS), limit);
  }

  /** Reads the newest orders of each selection in index order, and merges them. */
  private String merged(List<String> selections, int limit) {
    var rows =
        selections.stream()
            .map(selection -> String.format(Locale.ROOT, ROWS, conditionsAnd(selection), limit))
            .collect(Collectors.joining(" union all "));
    return String.format(Locale.ROOT, LIST, rows, limit);
  }

  private String conditionsAnd(String selection) {
    return Stream.concat(conditions.stream(), Stream.of(selection))
        .collect(Collectors.joining(" and "));
  }

  private String inState(int asked, int limit, int maxExamined) {
    var examined =
        String.format(Locale.ROOT, OF_CUSTOMER, String.join(" and ", conditions), maxExamined);
    return String.format(
        Locale.ROOT,
        LIST_OF_CUSTOMER_IN_STATE,
        examined,
        asked,
        limit,
        maxExamined,
        OrderRows.COLUMNS);
  }

  private int add(Object value) {
    return parameters.addValue(value).size();
  }

  private static Object time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
