package org.tradepost.platform.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSqlSummaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select id from orders o where o.id = any($1)                       | SELECT orders
          select product_id from stock where id = $1 for update              | SELECT stock
          select * from unnest($1::uuid[]) as t (id) join hold using (id)    | SELECT
          select 1                                                           | SELECT
          set local statement_timeout = '4s'                                 | SET
          update stock set on_hand = on_hand + $2 where id = $1              | UPDATE stock
          delete from outbox where event_id = any($1)                        | DELETE outbox
          with made as (insert into hold (id) select 1) insert into event select 1 | INSERT hold INSERT event
          with t as (select 1 from orders for update) update hold set state = $1   | UPDATE hold
          """)
  void says_what_is_written_or_else_what_is_read(String statement, String summary) {
    assertThat(TracingSqlSummary.of(statement)).isEqualTo(summary);
  }
}
