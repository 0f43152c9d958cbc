package org.tradepost.launcher.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** The steps of the demo: sends, shows and checks, and counts failed expectations. */
public final class DemoSteps {
  private static final int ATTEMPTS = 6;
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final RestClient client;
  private final Transcript transcript;
  private int number;
  private int failed;

  public DemoSteps(RestClient client, Transcript transcript) {
    this.client = client;
    this.transcript = transcript;
  }

  /** Starts the next step. */
  void start(String title) {
    number++;
    transcript.heading(number, title);
  }

  /**
   * Sends {@code request} and shows both sides. A request that a service was unavailable for is
   * sent again after its Retry-After; so the request must be repeatable.
   */
  RestResponse exchange(RestRequest request) {
    transcript.request(request);
    var answer = client.send(request);
    for (var attempt = 1; answer.status() == 503 && attempt < ATTEMPTS; attempt++) {
      var seconds = waitingTime(answer);
      transcript.remark("503, a service is unavailable; retrying in " + seconds + " s");
      pause(Duration.ofSeconds(seconds));
      answer = client.send(request);
    }
    transcript.answer(answer);
    return answer;
  }

  /**
   * Repeats a read until it is {@code as} wanted or {@code timeout} has elapsed; shows the last
   * one.
   */
  RestResponse await(RestRequest read, Predicate<RestResponse> as, Duration timeout) {
    transcript.request(read);
    var answer = new AtomicReference<RestResponse>();
    Waiting.until(
        () -> {
          answer.set(client.send(read));
          return as.test(answer.get());
        },
        timeout);
    transcript.answer(answer.get());
    return answer.get();
  }

  /** Notes whether an expectation held; the next steps are taken either way. */
  void expect(boolean held, String expectation) {
    transcript.verdict(held, expectation);
    if (!held) {
      failed++;
    }
  }

  /** Notes whether an expectation held that the steps after it need. */
  void require(boolean held, String expectation) {
    expect(held, expectation);
    if (!held) {
      throw new Ended();
    }
  }

  /** How many expectations did not hold. */
  public int failed() {
    return failed;
  }

  private static long waitingTime(RestResponse answer) {
    var seconds = answer.headers().firstValueAsLong("retry-after").orElse(1);
    return Math.max(1, Math.min(seconds, LONGEST_WAIT_SECONDS));
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RestClient.NoAnswer("Interrupted", e);
    }
  }

  /** Thrown when the steps after it cannot succeed. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
