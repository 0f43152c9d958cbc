package org.tradepost.launcher.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** The steps of the demo: sends, shows and checks, and counts failed expectations. */
public final class DemoSteps {
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
   * Sends {@code request} and shows both sides. A request that is refused for a moment is sent
   * again; so it must be repeatable.
   */
  RestResponse exchange(RestRequest request) {
    transcript.request(request);
    var answer =
        client.sendRepeatedly(
            request,
            (refusal, seconds) ->
                transcript.remark(
                    refusal.status()
                        + (refusal.status() == 503
                            ? ", a service is unavailable"
                            : ", too many requests")
                        + "; retrying in "
                        + seconds
                        + " s"));
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

  /** Thrown when the steps after it cannot succeed. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
