package org.tradepost.launcher.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The contents of both databases of a shop in which every state occurs and nothing is wrong.
 *
 * <p>The key of each order is the name of its case. It has two lines: two coffees at an earlier
 * price, and one tea.
 */
final class ConsistentDatabases {
  static final String COFFEE = "00000000-0000-4000-8000-00000000000a";
  static final String TEA = "00000000-0000-4000-8000-00000000000b";

  /** Begins with f, so that a signed comparison would sort it before all others. */
  static final String CUSTOMER = "f0000000-0000-4000-8000-0000000000cc";

  private final StringBuilder orders = new StringBuilder();
  private final StringBuilder product =
      new StringBuilder(
          """
          insert into product (id, sku, name, description, category, amount, currency, attributes) values
            ('{coffee}', 'coffee', 'Coffee', 'Beans', 'drinks', 550, 'EUR', '{}'),
            ('{tea}', 'tea', 'Tea', 'Leaves', 'drinks', 300, 'EUR', '{}');
          insert into price_history (product_id, version, valid_from, amount, currency) values
            ('{coffee}', 1, now(), 500, 'EUR'), ('{coffee}', 2, now(), 550, 'EUR'), ('{tea}', 1, now(), 300, 'EUR');
          insert into ledger (product_id, delta, reason, on_hand) values
            ('{coffee}', 100, 'opening', 100), ('{tea}', 100, 'opening', 100);
          """);

  ConsistentDatabases() {
    order("placed", "PLACED", "COMMITTED", "OrderPlaced");
    order("placing", "PLACED", "HELD", "OrderPlaced waits");
    order("shipped", "SHIPPED", "COMMITTED", "OrderPlaced", "OrderShipped");
    order("delivered", "DELIVERED", "COMMITTED", "OrderPlaced", "OrderShipped", "OrderDelivered");
    order("released", "CANCELLED", "RELEASED", "OrderPlaced", "OrderCancelled");
    order("returned", "CANCELLED", "RETURNED", "OrderPlaced", "OrderCancelled");
    order("cancelling", "CANCELLED", "COMMITTED", "OrderPlaced", "OrderCancelled waits");
    tombstone("abandoned");
    hold("abandoned", "RELEASED");
    hold("writing", "HELD");
    tombstone("holdless");
    order("forgotten", "DELIVERED", "COMMITTED", "OrderPlaced", "OrderShipped", "OrderDelivered");
    order("undone", "CANCELLED", "RETURNED", "OrderPlaced", "OrderCancelled");
    order("unsold", "CANCELLED", "RELEASED", "OrderPlaced", "OrderCancelled");
    order("sent", "SHIPPED", "COMMITTED", "OrderPlaced", "OrderShipped");
    tombstone("buried");
    hold("buried", "RELEASED");
    removeEvents("forgotten", "undone");
    removeLines("forgotten", "undone", "unsold", "sent", "buried");
    // Every event that is not in refused_event counts as delivered.
    orders.append(
        "update relay set transaction = pg_current_xact_id(), id = (select max(id) from event);");
    product.append(
        """
        insert into stock (product_id, on_hand, reserved)
        select product_id, sum(delta),
               coalesce((select sum((line ->> 3)::bigint) from hold cross join json_array_elements(lines) as line
                          where state = 'HELD' and (line ->> 0)::uuid = ledger.product_id), 0)
          from ledger group by product_id;
        """);
  }

  /** The SQL that fills the order database, after {@link #withIds}. */
  String orders() {
    return withIds(orders.toString());
  }

  /** The SQL that fills the product database, after {@link #withIds}. */
  String product() {
    return withIds(product.toString());
  }

  /** {@code sql} with each name in braces replaced by the id of that order or product. */
  static String withIds(String sql) {
    return Pattern.compile("\\{([a-z]+)}").matcher(sql).replaceAll(name -> id(name.group(1)));
  }

  static String id(String name) {
    return switch (name) {
      case "coffee" -> COFFEE;
      case "tea" -> TEA;
      case "customer" -> CUSTOMER;
      case "relay" -> name;
      default -> orderId(name);
    };
  }

  private void order(String key, String status, String state, String... events) {
    orders.append(
        String.format(
            Locale.ROOT,
            """
        insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, version,
                            placed_at, updated_at, lines)
        values ('{%1$s}', '%2$s', nextval('order_number'), '{customer}', '%1$s', 'print of %1$s', 'EUR', 1300, %3$d,
                now(), now(), '[["{coffee}", "coffee", "Coffee", 2, 500], ["{tea}", "tea", "Tea", 1, 300]]');
        """,
            key,
            status,
            events.length));
    for (var i = 0; i < events.length; i++) {
      event(key, i + 1, events[i].split(" "));
    }
    hold(key, state);
  }

  /**
   * The time of an event is in the future, so that an undelivered one is recent, however long the
   * tests take.
   */
  private void event(String key, int sequence, String[] event) {
    orders.append(
        String.format(
            Locale.ROOT,
            """
        insert into event (order_id, customer_id, sequence, type, time, data)
        values ('{%s}', '{customer}', %d, '%s', now() + interval '1 day', '{}');
        """,
            key,
            sequence,
            event[0]));
    if (event.length > 1) {
      orders.append(undelivered(key));
    }
  }

  /** SQL for an order whose last event the product service has not acknowledged yet. */
  static String undelivered(String key) {
    return """
        insert into refused_event (event_id, order_id, sequence, type)
        select id, order_id, sequence, type from event where order_id = '{%s}' order by sequence desc limit 1;
        """
        .formatted(key);
  }

  private void removeEvents(String... keys) {
    for (var key : keys) {
      orders.append(
          """
          delete from event where order_id = '{%1$s}';
          update orders set updated_at = now() - interval '2 days', events_removed_at = now() where id = '{%1$s}';
          """
              .formatted(key));
    }
  }

  private void removeLines(String... keys) {
    for (var key : keys) {
      product.append(
          """
          update hold set lines = null, settled_at = now() - interval '2 days', lines_removed_at = now() where order_id = '{%1$s}';
          """
              .formatted(key));
    }
  }

  private void tombstone(String key) {
    orders.append(
        """
        insert into orders (id, status, version, updated_at) values ('{%s}', 'ABANDONED', 0, now());
        """
            .formatted(key));
  }

  /** HELD holds expire in a day, the others expired a day ago. */
  private void hold(String key, String state) {
    product.append(
        """
        insert into hold (order_id, state, fingerprint, expires_at, lines)
        values ('{%1$s}', '%2$s', 'print of %1$s',
                now() + case '%2$s' when 'HELD' then 1 else -1 end * interval '1 day',
                '[["{coffee}", "coffee", "Coffee", 2, 500, "EUR"], ["{tea}", "tea", "Tea", 1, 300, "EUR"]]');
        """
            .formatted(key, state));
    if (state.equals("COMMITTED") || state.equals("RETURNED")) {
      entries(key, "sold", -1);
    }
    if (state.equals("RETURNED")) {
      entries(key, "returned", 1);
    }
  }

  private void entries(String key, String reason, int sign) {
    product.append(
        String.format(
            Locale.ROOT,
            """
        insert into ledger (product_id, delta, reason, order_id, on_hand)
        select (line ->> 0)::uuid, %d * (line ->> 3)::bigint, '%s', order_id, 0
          from hold cross join json_array_elements(lines) as line where order_id = '{%s}';
        """,
            sign,
            reason,
            key));
  }

  /** A UUID of version 5 (RFC 9562, section 5.5). */
  private static String orderId(String key) {
    try {
      var customer = UUID.fromString(CUSTOMER);
      var name = ByteBuffer.allocate(16 + key.length());
      name.putLong(customer.getMostSignificantBits()).putLong(customer.getLeastSignificantBits());
      name.put(key.getBytes(StandardCharsets.UTF_8));
      var hash = MessageDigest.getInstance("SHA-1").digest(name.array());
      hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
      hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
      var id = ByteBuffer.wrap(hash);
      return new UUID(id.getLong(), id.getLong()).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
