package org.tradepost.proof.audit;

import java.util.List;

/** The checks that need the order database alone. */
final class OrderChecks {
  /** Usually an event is delivered within a second; this allows for a restart of either service. */
  static final int MAX_EVENT_WAIT_SECONDS = 30;

  /** A tombstone must have no lines. */
  private static final String TOTALS =
      """
      select id::text as id,
             case when status = 'ABANDONED' then 'a tombstone with lines'
                  else format('total %s, its lines make %s', coalesce(total::text, 'nothing'),
                              coalesce(made::text, 'nothing')) end as what
        from orders
        cross join lateral (select sum((line ->> 3)::numeric * (line ->> 4)::numeric) as made
                              from json_array_elements(lines) as line) as all_lines
       where case when status = 'ABANDONED' then lines is not null else total is distinct from made end
      """;

  /**
   * Each status has exactly one valid sequence of events. Events are removed only from a finished
   * order, all at once, and no setting allows that within a day.
   */
  private static final String HISTORY =
      """
      with logged_event as (
        select order_id, array_agg(sequence order by sequence) as numbers, array_agg(type order by sequence) as types,
               array_agg(distinct customer_id) as customers
          from event group by order_id
      )
      select coalesce(orders.id, order_id)::text as id,
             format('%s in version %s, %sits events: %s', coalesce(status, 'no order'), coalesce(version::text, 'none'),
                    case when events_removed_at is not null then 'its events were removed, '
                         when customers <> array[customer_id] then 'events of another customer, ' end,
                    coalesce((select string_agg(number || ' ' || type, ', ')
                                from unnest(numbers, types) as event (number, type)), 'none')) as what
        from orders full join logged_event on order_id = orders.id
       where not coalesce(
               events_removed_at is null and customers = array[customer_id]
               and numbers = array(select generate_series(1, version))
               and types = case status
                             when 'PLACED' then array['OrderPlaced']
                             when 'CANCELLED' then array['OrderPlaced', 'OrderCancelled']
                             when 'SHIPPED' then array['OrderPlaced', 'OrderShipped']
                             when 'DELIVERED' then array['OrderPlaced', 'OrderShipped', 'OrderDelivered']
                           end,
               status = 'ABANDONED' and version = 0 and numbers is null and events_removed_at is null,
               false)
         and not coalesce(
               numbers is null and events_removed_at >= updated_at + interval '23 hours'
               and (status, version) in (('DELIVERED', 3), ('CANCELLED', 2)),
               false)
      """;

  /**
   * Leaves out discarded events, and parked events with the later ones of their orders, which wait
   * for an operator. The relay must have exactly one position that is not ahead of all
   * transactions.
   */
  private static final String WAITING =
      """
      select order_id || '/' || sequence as id,
             format('%s has waited %s, after %s attempts', undelivered.type,
                    coalesce(round(extract(epoch from now() - time)) || ' s', 'for an event that there is not'), attempts)
               as what
        from undelivered
       where discarded_at is null and coalesce(time < now() - %d * interval '1 second', true)
         and not exists (select 1 from refused_event as parked
                          where parked.order_id = undelivered.order_id and parked.sequence <= undelivered.sequence
                            and parked.discarded_at is null and parked.parked_at is not null)
      union all
      select 'relay', format('%s positions, %s of them ahead of all transactions', count(*),
                             count(*) filter (where transaction > pg_snapshot_xmax(pg_current_snapshot())))
        from relay having count(*) <> 1 or bool_or(transaction > pg_snapshot_xmax(pg_current_snapshot()))
      """
          .replace("%d", Integer.toString(MAX_EVENT_WAIT_SECONDS));

  private static final String PARKED_EVENTS =
      """
      select order_id || '/' || sequence as id, format('%s, after %s attempts', type, attempts) as what
        from refused_event where discarded_at is null and parked_at is not null order by event_id
      """;

  private static final String DISCARDED_EVENTS =
      """
      select order_id || '/' || sequence as id,
             format('%s, after %s attempts, at %s', type, attempts, discarded_at) as what
        from refused_event where discarded_at is not null order by event_id
      """;

  /** Not violations, but an operator must handle them. */
  static final SqlCheck PARKED = new SqlCheck(Invariant.I9, "select 0", PARKED_EVENTS);

  /**
   * Not violations either. If the product service lacks a change because of one, that violates I4.
   */
  static final SqlCheck DISCARDED = new SqlCheck(Invariant.I9, "select 0", DISCARDED_EVENTS);

  static final List<SqlCheck> ALL =
      List.of(
          new SqlCheck(Invariant.I6, "select count(*) from orders", TOTALS),
          new SqlCheck(Invariant.I8, "select count(*) from event", HISTORY),
          new SqlCheck(
              Invariant.I9,
              "select count(*) from undelivered where discarded_at is null",
              WAITING));

  private OrderChecks() {}
}
