package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.launcher.cluster.TestLocalCluster.START_TIMEOUT;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The buttons that break parts of a local cluster, and what the console shows then. */
abstract class BreakPanel extends ConsoleViews {
  /** Trouble is seen in less than two seconds, but later on a busy machine. */
  private static final Duration SEEN = Duration.ofSeconds(10);

  @BeforeEach
  void open() {
    browser.go("orders");
    browser.go("cluster");
    browser.seeMember("guestbook-1", "up");
    browser.seeMember("product-1", "up");
  }

  @Test
  void a_frozen_member_is_soon_seen_and_costs_requests_until_it_goes_on() {
    browser.click("Send 10 requests a second");
    await().until(() -> browser.figure("Requests sent") > 10);
    assertThat(browser.figure("Failed requests")).isZero();
    assertSeenSoon("Freeze product-1", "product-1");
    browser.seeMember("product-1", "no reply frozen");
    assertThat(browser.focusedLabel()).isEqualTo("Resume product-1");
    awaitMore("Failed requests", 1);
    awaitMore("Failed requests", 1);
    browser.inspect("cluster-frozen");
    browser.pressButton("Resume product-1");
    browser.seeMember("product-1", "up");
    await()
        .atMost(START_TIMEOUT)
        .until(
            () -> {
              var failed = browser.figure("Failed requests");
              awaitMore("Requests sent", 10);
              return browser.figure("Failed requests") == failed;
            });
    browser.click("Stop the requests");
  }

  private static void awaitMore(String figure, int more) {
    var before = browser.figure(figure);
    await().atMost(START_TIMEOUT).until(() -> browser.figure(figure) >= before + more);
  }

  private static void assertSeenSoon(String button, String member) {
    browser.pressButton(button);
    var pressedAt = System.nanoTime();
    browser.seeTrouble(member);
    assertThat(Duration.ofNanos(System.nanoTime() - pressedAt)).isLessThan(SEEN);
  }

  @Test
  void a_service_is_scaled_and_its_members_killed_and_started() {
    browser.pressButton("Scale guestbook");
    browser.fill("Instances", "2");
    browser.inspect("cluster-scale");
    browser.click("Scale");
    browser.seeMember("guestbook-2", "up", START_TIMEOUT);
    assertSeenSoon("Kill guestbook-2", "guestbook-2");
    browser.seeMember("guestbook-2", "gone ended");
    browser.see("guestbook-2 (gone)");
    browser.see("guestbook-2 has left the cluster.");
    browser.see("is killed.");
    browser.inspect("cluster-killed");
    browser.pressButton("Start guestbook-2");
    browser.seeMember("guestbook-2", "up", START_TIMEOUT);
    browser.pressButton("Scale guestbook");
    browser.fill("Instances", "1");
    browser.press(Keys.ENTER);
    browser.seeNoMember("guestbook-2", START_TIMEOUT);
  }

  @Test
  void the_audit_shows_its_result() {
    browser.pressButton("Audit");
    browser.see("Clean.");
    browser.see("I1");
    browser.inspect("cluster-audit");
  }

  @Test
  void the_gateway_that_is_asked_restarts_and_is_neither_killed_nor_frozen() {
    browser.pressButton("Kill gateway-1");
    browser.see("gateway-1 cannot do this to itself");
    browser.pressButton("Restart gateway-1");
    browser.see("The gateway does not say how the cluster is", START_TIMEOUT);
    browser.seeMember("gateway-1", "up", START_TIMEOUT);
    browser.seeNot("The gateway does not say how the cluster is");
    assertThat(browser.faults()).allMatch(fault -> fault.contains("net::ERR_"));
  }
}
