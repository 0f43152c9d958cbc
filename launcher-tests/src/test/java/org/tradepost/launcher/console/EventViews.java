package org.tradepost.launcher.console;

import org.junit.jupiter.api.Test;

/** The live feed, and events that could not be delivered. */
abstract class EventViews extends ConsoleViews {
  @Test
  void events_are_followed_paused_and_filtered() {
    browser.go("orders");
    browser.go("events");
    browser.see("connected");
    shop.order();
    browser.see("OrderPlaced");
    browser.click("Pause");
    shop.order();
    browser.see("Go on (");
    browser.inspect("events");
    browser.click("Go on (");
    browser.fill("Filter by type, subject or text", "no such thing");
    browser.see("No event matches.");
  }

  @Test
  void parked_events_are_delivered_again_or_discarded() {
    var order = shop.order().path("id").asText();
    shop.park(order);
    browser.go("orders");
    browser.go("events");
    browser.see("Attempts");
    browser.inspect("events-parked");
    browser.click("Retry");
    browser.see("No event is parked.");
    shop.park(order);
    browser.click("Read again");
    browser.click("Discard");
    browser.see("Discard OrderPlaced?");
    browser.inspect("events-discard");
    browser.click("Discard");
    browser.see("The event is discarded.");
    shop.forgetDiscarded();
  }

  @Test
  void parked_events_that_cannot_be_read_show_why() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.cutOff("/parked-events");
          browser.go("events");
          browser.seeInView("No network.");
          browser.seeNot("Reading …");
          browser.reconnect();
          browser.click("Read again");
          browser.see("No event is parked.");
        });
  }

  @Test
  void a_stream_in_which_nothing_arrives_is_opened_again() {
    browser.inAnotherWindow(
        () -> {
          logInAsAdmin();
          browser.run(
              """
              const real = fetch;
              const later = setTimeout;
              let isStuck = true;
              window.setTimeout = (work, millis) =>
                later(work, isStuck && millis === 40_000 ? 500 : millis);
              window.fetch = (path, init) => {
                if (!isStuck || !path.includes('/stream')) return real(path, init);
                isStuck = false;
                const start = (stream) =>
                  init.signal.addEventListener('abort', () => stream.error(init.signal.reason));
                return Promise.resolve(new Response(new ReadableStream({start})));
              };
              """);
          browser.go("events");
          browser.see("has sent nothing for 40 seconds");
          browser.see("connected");
          shop.order();
          browser.see("OrderPlaced");
        });
  }
}
