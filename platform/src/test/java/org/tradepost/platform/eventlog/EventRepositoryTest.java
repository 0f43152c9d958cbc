package org.tradepost.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.Event;
import org.tradepost.common.events.EventPage;
import org.tradepost.common.events.EventPage.Entry;
import org.tradepost.common.events.ReadEvents;

class EventRepositoryTest {

  private static Vertx vertx;
  private EventTable table;
  private EventRepository repository;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    await(vertx.close());
  }

  @BeforeEach
  void empty() {
    table = new EventTable(vertx);
    repository = table.repository();
  }

  @Test
  void events_are_read_in_order_page_by_page() {
    table.write("A", "B", "C");
    var first = read(null, 2);
    assertThat(types(first)).containsExactly("A", "B");
    assertThat(first.more()).isTrue();
    assertThat(types(read(first.next(), 2))).containsExactly("C");
  }

  @Test
  void a_reader_can_go_on_behind_any_event() {
    table.write("A", "B", "C");
    var page = read(null, 10);
    assertThat(types(read(page.entries().get(0).cursor(), 10))).containsExactly("B", "C");
    assertThat(page.entries().get(1).event())
        .isEqualTo(read(null, 10).entries().get(1).event())
        .extracting(Event::id, Event::subject, Event::sequence)
        .containsExactly("greeting-2", EventTable.SUBJECT, 2L);
  }

  @Test
  void an_event_whose_transaction_commits_late_is_not_skipped() {
    var late = Promise.<Void>promise();
    var written = Promise.<Void>promise();
    var slow =
        table.database.transaction(
            connection ->
                connection
                    .query("set local idle_in_transaction_session_timeout = 0")
                    .execute()
                    .compose(patient -> table.write(connection, "Late"))
                    .onSuccess(done -> written.complete())
                    .compose(done -> late.future()));
    await(written.future());
    table.write("Early");

    var before = read(null, 10);
    assertThat(before.entries()).as("what is behind a transaction that still runs").isEmpty();
    assertThat(before.more()).isTrue();

    late.complete();
    await(slow);
    var after = read(before.next(), 10);
    assertThat(types(after)).containsExactly("Late", "Early");
    assertThat(after.more()).isFalse();
    assertThat(read(after.next(), 10).entries()).isEmpty();
  }

  @Test
  void of_concurrent_writers_every_event_is_read_once() {
    var seen = new ArrayList<String>();
    var writers = new ArrayList<Future<Void>>();
    for (var writer = 0; writer < 5; writer++) {
      writers.add(writeSlowly("T" + writer, 40));
    }
    var all = Future.all(writers);
    var cursor = (String) null;
    while (!all.isComplete() || seen.size() < 200) {
      assertThat(all.cause()).isNull();
      var page = read(cursor, 7);
      seen.addAll(types(page));
      cursor = page.next();
    }
    assertThat(seen).hasSize(200).doesNotHaveDuplicates();
  }

  /** Writes events one after another, each in a transaction that stays open for a moment. */
  private Future<Void> writeSlowly(String type, int count) {
    return count == 0
        ? Future.succeededFuture()
        : table
            .database
            .transaction(
                connection ->
                    table
                        .write(connection, type + "x" + count)
                        .compose(
                            done -> connection.query("select pg_sleep(random() / 100)").execute()))
            .compose(written -> writeSlowly(type, count - 1));
  }

  @Test
  void a_customer_reads_what_is_about_them() {
    var ada = UUID.randomUUID();
    table.writeFor(ada, "Hers");
    table.writeFor(UUID.randomUUID(), "His");
    table.write("Nobodys");
    assertThat(types(await(repository.read(new ReadEvents(null, 10, null), Optional.of(ada)))))
        .containsExactly("Hers");
  }

  @Test
  void a_type_alone_can_be_read() {
    table.write("A", "B", "A");
    var page = await(repository.read(new ReadEvents(null, 10, "A"), Optional.empty()));
    assertThat(page.entries())
        .extracting(entry -> entry.event().sequence())
        .containsExactly(1L, 3L);
  }

  @Test
  void of_a_rare_type_a_page_looks_at_some_events_and_the_next_goes_on_behind_them() {
    table.write("A", "A", "A", "Rare", "A", "A", "A", "A", "A", "Rare");
    var some = table.repository(3);
    var seen = new ArrayList<Long>();
    var pages = 0;
    EventPage page;
    String cursor = null;
    do {
      page = await(some.read(new ReadEvents(cursor, 2, "Rare"), Optional.empty()));
      assertThat(page.next()).isNotEqualTo(cursor);
      page.entries().forEach(entry -> seen.add(entry.event().sequence()));
      cursor = page.next();
      pages++;
    } while (page.more());
    assertThat(seen).containsExactly(4L, 10L);
    assertThat(pages).as("three events a page, then the tenth").isEqualTo(4);
  }

  @Test
  void of_a_rare_type_a_customer_looks_at_events_of_their_own() {
    var ada = UUID.randomUUID();
    table.writeFor(ada, "A");
    table.write("B", "B", "B", "B");
    table.writeFor(ada, "Rare");
    var page = await(table.repository(2).read(new ReadEvents(null, 10, "Rare"), Optional.of(ada)));
    assertThat(types(page)).containsExactly("Rare");
  }

  @Test
  void the_latest_begins_behind_everything() {
    table.write("A");
    var now = read(ReadEvents.LATEST, 10);
    assertThat(now.entries()).isEmpty();
    table.write("B");
    assertThat(types(read(now.next(), 10))).containsExactly("B");
  }

  @Test
  void transaction_ids_that_a_crash_gives_out_again_are_read() {
    table.write("A");
    var unused = await(table.database.query("select pg_current_xact_id()::text as id"));
    var id = unused.iterator().next().getString("id");
    var ends = List.of(read(null, 10), read(ReadEvents.LATEST, 10));

    await(
        table.database.query(
            "insert into event (transaction, type, subject, sequence) values ($1::text::xid8, 'B', $2, 2)",
            Tuple.of(id, EventTable.SUBJECT)));
    assertThat(ends)
        .extracting(EventPage::next)
        .allSatisfy(end -> assertThat(types(read(end, 10))).containsExactly("B"));
  }

  @Test
  void a_cursor_before_what_was_removed_is_gone() {
    table.write("A", "B", "C");
    var entries = read(null, 10).entries();
    remove("A", "B");
    assertThat(rejection(entries.get(0).cursor())).isEqualTo(CommonError.CURSOR_GONE);
    assertThat(types(read(entries.get(1).cursor(), 10))).containsExactly("C");
    assertThat(types(read(null, 10))).as("the oldest that are kept").containsExactly("C");
  }

  @Test
  void who_begins_with_the_oldest_events_reads_all_that_are_kept_before_and_after_removed_ones() {
    table.write("Kept", "Removed", "Kept", "Later", "Removed", "Kept");
    remove("Removed");
    var seen = new ArrayList<String>();
    var page = read(null, 1);
    while (!page.entries().isEmpty()) {
      seen.addAll(types(page));
      assertThat(page.entries().get(0).cursor()).isEqualTo(page.next());
      page = read(page.next(), 1);
    }
    assertThat(seen).containsExactly("Kept", "Kept", "Later", "Kept");
    assertThat(page.next()).as("behind all that was removed").matches("[0-9]+-[0-9]+");
  }

  @Test
  void who_began_with_the_oldest_events_misses_what_is_removed_meanwhile() {
    table.write("Kept", "Later", "Kept", "Removed", "Kept");
    remove("Removed");
    var begun = read(null, 1).next();
    var rare = await(table.repository(1).read(new ReadEvents(null, 1, "Later"), Optional.empty()));
    assertThat(types(rare)).isEmpty();
    assertThat(types(read(rare.next(), 1))).containsExactly("Later");
    remove("Later");
    assertThat(rejection(begun)).isEqualTo(CommonError.CURSOR_GONE);
    assertThat(rejection(rare.next())).isEqualTo(CommonError.CURSOR_GONE);
    assertThat(types(read(null, 10))).containsExactly("Kept", "Kept", "Kept");
  }

  /** Uses the statements of docs/recover.md. */
  @Test
  void what_was_restored_into_another_server_is_read_when_its_transactions_are_set_back() {
    table.write("A", "B");
    await(table.database.query("update event set transaction = (1000000000000 - id)::text::xid8"));
    await(table.database.query("update event_removed set transaction = '999999999000', id = 7"));
    assertThat(read(null, 10).entries()).isEmpty();

    await(table.database.query("update event set transaction = '3'"));
    await(table.database.query("update event_removed set transaction = '0', id = 0"));
    table.write("C");
    var page = read(null, 2);
    assertThat(types(page)).containsExactly("A", "B");
    assertThat(types(read(page.next(), 10))).containsExactly("C");
  }

  @Test
  void what_is_no_cursor_is_rejected() {
    for (var cursor :
        List.of(
            "",
            "1",
            "1-",
            "x-1",
            "1-1-",
            "1-1-0",
            "1-1-01",
            "1-1-1-1",
            "1-1-99999999999",
            "-1-1",
            "1--1",
            "09-1",
            "08-0",
            "0x1f-1",
            "1-09",
            "1-99999999999999999999",
            "18446744073709551616-0",
            "9".repeat(99) + "-0",
            "NaN-0",
            "Infinity-Infinity",
            "\u0661-\u0661",
            "1-1\n",
            "1-1\0",
            "'")) {
      assertThat(rejection(cursor)).as(cursor).isEqualTo(CommonError.INVALID_CURSOR);
    }
  }

  @Test
  void the_greatest_numbers_that_look_like_a_cursor_are_one() {
    table.write("A");
    assertThat(read("9999999999999999999-999999999999999999", 10).entries()).isEmpty();
    assertThat(types(read("0-0", 10))).containsExactly("A");
  }

  /** Removes events as retention does. */
  private void remove(String... types) {
    await(
        table.database.query(
            """
            with gone as (delete from event where type = any($1) returning transaction, id),
                 last as (select transaction, id from gone order by 1 desc, 2 desc limit 1)
            update event_removed
               set transaction = greatest(event_removed.transaction, last.transaction),
                   id = case when (event_removed.transaction, event_removed.id) < (last.transaction, last.id)
                             then last.id else event_removed.id end
              from last
            """,
            Tuple.of(types)));
  }

  private ErrorCode rejection(String cursor) {
    var rejection = catchThrowableOfType(ServiceException.class, () -> read(cursor, 10));
    return CommonError.valueOf(rejection.failure().code());
  }

  private EventPage read(String after, int limit) {
    return await(repository.read(new ReadEvents(after, limit, null), Optional.empty()));
  }

  private static List<String> types(EventPage page) {
    return page.entries().stream().map(Entry::event).map(Event::type).toList();
  }
}
