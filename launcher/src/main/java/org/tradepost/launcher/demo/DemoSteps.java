package org.tradepost.launcher.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** The steps of the demo: sends and shows requests, and counts expectations that fail. */
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
   * Sends {@code request}, and shows it and its response. Repeats it while the response is 429 or
   * 503, so it must be safe to repeat.
   */
  RestResponse exchange(RestRequest request) {
    transcript.request(request);
    var answer =
        client.sendRepeatedly(
            request,
            (rejection, seconds) ->
                transcript.remark(
                    rejection.status()
                        + (rejection.status() == 503
                            ? ", a service is unavailable"
                            : ", too many requests")
                        + "; retrying in "
                        + seconds
                        + " s"));
    transcript.answer(answer);
    return answer;
  }

  /**
   * Repeats a read until its response meets {@code condition} or {@code timeout} has elapsed, and
   * shows the last response.
   */
  RestResponse await(RestRequest read, Predicate<RestResponse> condition, Duration timeout) {
    transcript.request(read);
    var answer = new AtomicReference<RestResponse>();
    Waiting.until(
        () -> {
          answer.set(client.send(read));
          return condition.test(answer.get());
        },
        timeout);
    transcript.answer(answer.get());
    return answer.get();
  }

  /** Shows whether an expectation held; the demo continues either way. */
  void expect(boolean held, String expectation) {
    transcript.verdict(held, expectation);
    if (!held) {
      failed++;
    }
  }

  /** Shows whether an expectation held, and ends the demo if not. */
  void require(boolean held, String expectation) {
    expect(held, expectation);
    if (!held) {
      throw new Aborted();
    }
  }

  /** How many expectations did not hold. */
  public int failed() {
    return failed;
  }

  /** Thrown when the remaining steps cannot succeed. */
  public static final class Aborted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
