package org.tradepost.proof.rest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/** A thread-safe client of the REST API. */
public final class RestClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_ATTEMPTS = 6;
  private static final long MAX_RETRY_AFTER_SECONDS = 5;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI base;

  public RestClient(URI base) {
    this.base = base;
  }

  /** The address that paths are appended to. */
  public URI base() {
    return base;
  }

  /**
   * Sends {@code request} once and waits for the response.
   *
   * @throws NoResponse if there is none
   */
  public RestResponse send(RestRequest request) {
    try {
      return sendAsync(request).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NoResponse none ? none : noResponse(request, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoResponse("Interrupted while waiting for " + base, e);
    }
  }

  /**
   * Sends {@code request}, and again after the response's Retry-After while the status is 429 or
   * 503, so the request must be safe to repeat. Gives up after six attempts, or if a response asks
   * for a wait of more than 5 s.
   *
   * @param beforeWait called before each wait with the response and the seconds
   * @throws NoResponse if there is no response
   */
  public RestResponse sendRepeatedly(
      RestRequest request, ObjLongConsumer<RestResponse> beforeWait) {
    var response = send(request);
    for (var attempt = 1; attempt < MAX_ATTEMPTS && response.isRetryable(); attempt++) {
      var seconds = response.retryAfterSeconds();
      if (seconds > MAX_RETRY_AFTER_SECONDS) {
        return response;
      }
      beforeWait.accept(response, seconds);
      pause(seconds);
      response = send(request);
    }
    return response;
  }

  private void pause(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoResponse("Interrupted while waiting for " + base, e);
    }
  }

  /**
   * Sends {@code request} once; the future fails with {@link NoResponse} if there is no response.
   */
  public CompletableFuture<RestResponse> sendAsync(RestRequest request) {
    return http.sendAsync(asHttp(request), BodyHandlers.ofString())
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw noResponse(
                    request, failure instanceof CompletionException ? failure.getCause() : failure);
              }
              return new RestResponse(response.statusCode(), response.headers(), response.body());
            });
  }

  /** Whether a read of {@code path} gets a response with status 200. */
  public boolean answers(String path) {
    try {
      return send(RestRequest.get(path)).status() == 200;
    } catch (NoResponse e) {
      return false;
    }
  }

  private HttpRequest asHttp(RestRequest request) {
    var builder =
        HttpRequest.newBuilder(URI.create(base + request.path())).timeout(request.timeout());
    request.headers().forEach(builder::header);
    if (request.content().isEmpty()) {
      return builder.method(request.method(), BodyPublishers.noBody()).build();
    }
    if (!request.headers().containsKey("content-type")) {
      builder.header("content-type", "application/json");
    }
    return builder.method(request.method(), BodyPublishers.ofString(request.content())).build();
  }

  private NoResponse noResponse(RestRequest request, Throwable failure) {
    return new NoResponse(
        "No response from %s to %s %s: %s"
            .formatted(base, request.method(), request.path(), reason(failure)),
        failure);
  }

  private static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "nothing listens there; is Tradepost running?";
    }
    return failure instanceof IOException && failure.getMessage() != null
        ? failure.getMessage()
        : failure.toString();
  }

  /** There is no response: the request may or may not have taken effect. */
  public static final class NoResponse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoResponse(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
