package org.tradepost.launcher.events;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.tradepost.launcher.services.ServiceDatabase;

/**
 * The parked events of an order database; all that is done with some of them is one transaction.
 */
final class ParkedEvents implements AutoCloseable {

  private static final String LIST =
      """
      select event_id, order_id, sequence, outbox.type, extract(epoch from now() - time)::bigint as age, attempts,
             array(select behind.sequence || ' ' || behind.type from outbox as behind
                    where behind.order_id = outbox.order_id and behind.sequence > outbox.sequence
                      and behind.discarded_at is null
                    order by behind.sequence) as behind
        from outbox join event using (order_id, sequence)
       where discarded_at is null and parked_at is not null
       order by event_id
      """;

  private static final String LOCK =
      """
      select event_id, case when discarded_at is not null then 'was discarded'
                            when parked_at is null then 'is not parked: it is still being tried' end as fault
        from outbox where event_id = any(?) order by event_id for update
      """;

  private static final String RETRY =
      "update outbox set parked_at = null, attempts = 0, next_attempt_at = now() where event_id = any(?)";

  private static final String DISCARD =
      "update outbox set discarded_at = now() where event_id = any(?)";

  private final Connection connection;

  private ParkedEvents(Connection connection) {
    this.connection = connection;
  }

  static ParkedEvents of(ServiceDatabase database) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "user", database.user(),
            "password", database.password(),
            "connectTimeout", "5",
            "loginTimeout", "5",
            "tcpKeepAlive", "true",
            "ApplicationName", "tradepost events"));
    Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
    connection.setAutoCommit(false);
    return new ParkedEvents(connection);
  }

  /** All of them, the oldest first. */
  List<ParkedEvent> list() throws SQLException {
    List<ParkedEvent> parked = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LIST);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        parked.add(event(rows));
      }
    }
    return parked;
  }

  private static ParkedEvent event(ResultSet row) throws SQLException {
    return new ParkedEvent(
        row.getLong("event_id"),
        row.getObject("order_id", UUID.class),
        row.getInt("sequence"),
        row.getString("type"),
        Duration.ofSeconds(row.getLong("age")),
        row.getInt("attempts"),
        List.of((String[]) row.getArray("behind").getArray()));
  }

  /** Lets them be delivered again, as if they had never been tried. */
  void retry(Set<Long> ids) throws SQLException {
    change(RETRY, ids);
  }

  /** Gives up delivering them. */
  void discard(Set<Long> ids) throws SQLException {
    change(DISCARD, ids);
  }

  /**
   * Changes all of them or none.
   *
   * @throws NotParked naming each that is not
   */
  private void change(String sql, Set<Long> ids) throws SQLException {
    List<String> faults = faults(ids);
    if (!faults.isEmpty()) {
      connection.rollback();
      throw new NotParked(String.join("\n", faults) + "\nNothing was changed.");
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(ids));
      statement.executeUpdate();
    }
    connection.commit();
  }

  private List<String> faults(Set<Long> ids) throws SQLException {
    List<String> faults = new ArrayList<>();
    Set<Long> unknown = new LinkedHashSet<>(ids);
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, array(ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          unknown.remove(rows.getLong("event_id"));
          if (rows.getString("fault") != null) {
            faults.add(
                String.format(
                    Locale.ROOT,
                    "Event %d %s.",
                    rows.getLong("event_id"),
                    rows.getString("fault")));
          }
        }
      }
    }
    unknown.forEach(
        id ->
            faults.add(String.format(Locale.ROOT, "Event %d is not there, or was delivered.", id)));
    return faults;
  }

  private Array array(Set<Long> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** One of the events was not there to be changed; the message names each such. */
  static final class NotParked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotParked(String message) {
      super(message);
    }
  }
}
