package org.tradepost.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session of the console: {@code api.js} in Node.js, with a fake gateway. */
class ConsoleSessionTest {

  /** Answers a refresh only when {@code finishRefresh} is called. */
  private static final String FAKE_GATEWAY =
      """
      import assert from 'node:assert/strict';
      const sent = [];
      let logins = 0;
      let ended = 0;
      let finishRefresh;
      session.addEventListener('ended', () => ended++);
      const response = (body, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }));
      globalThis.fetch = (path, { headers }) => {
        if (path === '/v1/auth/login') {
          logins += 1;
          return response({ access_token: `access-${logins}`, refresh_token: `refresh-${logins}` });
        }
        if (path === '/v1/auth/refresh') {
          return new Promise((resolve) => {
            finishRefresh = (body, status) => resolve(response(body, status));
          });
        }
        if (path === '/v1/auth/logout') {
          return response({});
        }
        sent.push(`${path} ${headers.Authorization}`);
        return response({}, headers.Authorization === 'Bearer access-1' ? 401 : 200);
      };
      await logIn('ada@example.com', 'a password');
      const orders = get('/v1/orders');
      orders.catch(() => {});
      while (!finishRefresh) {
        await new Promise(setImmediate);
      }
      """;

  @BeforeAll
  static void findNode() {
    assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
        .as("node is on the path")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node")));
  }

  @Test
  void a_refreshed_token_is_used() throws Exception {
    run(
        """
        finishRefresh({ access_token: 'access-2', refresh_token: 'refresh-2' });
        await orders;
        assert.deepEqual(sent, ['/v1/orders Bearer access-1', '/v1/orders Bearer access-2']);
        """);
  }

  @Test
  void tokens_that_arrive_after_the_logout_are_dropped() throws Exception {
    run(
        """
        logOut();
        finishRefresh({ access_token: 'access-2', refresh_token: 'refresh-2' });
        await assert.rejects(orders, { message: 'You have logged out.' });
        await get('/v1/products');
        assert.deepEqual(sent, ['/v1/orders Bearer access-1', '/v1/products Bearer undefined']);
        """);
  }

  @Test
  void a_refresh_that_fails_after_the_logout_does_not_end_the_next_session() throws Exception {
    run(
        """
        logOut();
        await logIn('grace@example.com', 'a password');
        finishRefresh({}, 401);
        await assert.rejects(orders);
        await get('/v1/products');
        assert.deepEqual(sent, ['/v1/orders Bearer access-1', '/v1/products Bearer access-2']);
        assert.equal(ended, 0);
        """);
  }

  private static void run(String script) throws IOException, InterruptedException {
    String api;
    try (var in = ConsoleSessionTest.class.getResourceAsStream("/console/api.js")) {
      api = new String(in.readAllBytes(), UTF_8);
    }
    var node = new ProcessBuilder("node", "--input-type=module").redirectErrorStream(true).start();
    try (var out = node.getOutputStream()) {
      // Without the last line, the timeouts of the requests would keep Node.js running.
      out.write((api + FAKE_GATEWAY + script + "process.exit();").getBytes(UTF_8));
    }
    assertThat(new String(node.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(node.waitFor()).isZero();
  }
}
