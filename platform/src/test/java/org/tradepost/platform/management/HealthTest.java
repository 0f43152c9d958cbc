package org.tradepost.platform.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/** What a node reports while something that it needs does not reply, or fails. */
class HealthTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<Future<Void>> part =
      new AtomicReference<>(Future.succeededFuture());
  private ClusterNode node;

  @BeforeEach
  void start() {
    node = TestNode.start();
    var condition = Condition.watch(node.vertx(), "the part", part::get);
    node.health().require("the part", condition::trouble);
    TestNode.await(node.deploy(new VerticleBase() {}));
    await().until(() -> ready().statusCode() == 200);
  }

  @AfterEach
  void stop() {
    TestNode.await(node.stop());
  }

  @Test
  void a_part_that_never_answers_makes_it_unready_and_keeps_nobody_waiting() {
    part.set(Promise.<Void>promise().future());
    await().until(() -> ready().statusCode() == 503);
    // The check in progress has not ended yet; the response does not wait for it.
    assertThat(ready().body()).contains("the part", "DOWN");
  }

  @Test
  void the_reason_is_told_and_it_recovers_by_itself() {
    part.set(Future.failedFuture("the part is worn out"));
    await().until(() -> ready().statusCode() == 503);
    assertThat(ready().body()).contains("the part is worn out");
    part.set(Future.succeededFuture());
    await().until(() -> ready().statusCode() == 200);
  }

  @Test
  void a_service_that_failed_to_start_does_not_keep_the_others_unready() {
    var failed =
        node.deploy(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                return Future.failedFuture("it cannot start");
              }
            });
    await().until(failed::isComplete);
    assertThat(ready().statusCode()).isEqualTo(200);
  }

  @Test
  void a_node_that_cannot_listen_says_where() {
    for (var setting : List.of("TRADEPOST_MANAGEMENT_PORT", "TRADEPOST_EVENTBUS_PORT")) {
      var settings = TestNode.settings();
      settings.put(setting, Integer.toString(node.health().port()));
      assertThatThrownBy(
              () -> TestNode.await(ClusterNode.start(NodeConfig.from(Settings.of(settings)))))
          .as(setting)
          .hasMessageStartingWith(
              "cannot listen at " + Loopback.hostAndPort(node.health().port()) + ": ");
    }
  }

  /** As some load balancers ask. */
  @Test
  void head_is_answered_like_get_without_the_body() {
    for (var path : List.of("/health/live", "/health/ready")) {
      assertThat(send("HEAD", path).statusCode()).as(path).isEqualTo(200);
      assertThat(send("HEAD", path).body()).as(path).isEmpty();
    }
    part.set(Future.failedFuture("the part is worn out"));
    await().until(() -> send("HEAD", "/health/ready").statusCode() == 503);
    assertThat(send("POST", "/health/ready").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> ready() {
    return send("GET", "/health/ready");
  }

  private HttpResponse<String> send(String method, String path) {
    var request =
        HttpRequest.newBuilder(URI.create(Loopback.url(node.health().port()) + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
