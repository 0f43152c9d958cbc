package org.tradepost.launcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.common.json.WireJson;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Loopback;

class StatusCommandTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void says_in_a_sentence_that_nothing_runs() {
    assertThat(status("--data", directory.toString())).isEqualTo(1);
    assertThat(printed()).startsWith("No Tradepost runs on the data directory " + directory);
  }

  @Test
  void says_in_a_sentence_that_what_ran_was_killed() throws IOException {
    var url = Loopback.url(Ports.free(1).get(0)).toString();
    Files.writeString(directory.resolve("management"), url + "\n");
    assertThat(status("--data", directory.toString())).isEqualTo(1);
    assertThat(printed()).startsWith("No Tradepost answers at " + url);
  }

  @Test
  void asks_below_an_address_with_a_slash_at_its_end() throws IOException {
    var node = HttpServer.create(new InetSocketAddress(Loopback.ADDRESS, 0), 0);
    node.createContext(
        "/topology",
        exchange -> {
          var topology = "{\"cluster\": \"shop\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, topology.length);
          exchange.getResponseBody().write(topology);
          exchange.close();
        });
    node.start();
    try {
      var url = Loopback.url(node.getAddress().getPort()) + "/";
      assertThat(status("--json", "--management", url)).isZero();
      assertThat(printed()).contains("\"shop\"");
    } finally {
      node.stop(0);
    }
  }

  @Test
  void shows_everything_as_tables() throws IOException {
    var text =
        new StatusTables(
                WireJson.mapper()
                    .readTree(
                        """
                        {"cluster": "shop",
                         "nodes": [
                           {"name": "gateway-1", "services": ["gateway"], "member": "h:1", "unresponsive": false, "eventBus": "h:2",
                            "version": "0.1.0", "upSeconds": 777600, "metrics": [
                              {"kind": "circuit", "name": "order",
                               "values": {"state": "OPEN", "failures": 5, "timesOpened": 1}},
                              {"kind": "limit", "name": "order",
                               "values": {"inFlight": 12, "most": 160, "refused": 7}}]},
                           {"name": "order-1", "services": ["order"], "member": "h:3", "unresponsive": true, "metrics": []},
                           {"name": "order-2", "services": ["order"], "member": "h:4", "unresponsive": false, "eventBus": "h:5",
                            "version": "0.1.0", "upSeconds": 777600, "metrics": [
                              {"kind": "service", "name": "order", "values": {"version": "1.0.0", "inFlight": 3, "served": 1234}},
                              {"kind": "trouble", "name": "readiness", "values": {"order database": "connection refused"}},
                              {"kind": "queue", "name": "orders to write", "values": {"unknown": "too slow"}},
                              {"kind": "backlog", "name": "events of order", "values": {"undelivered": 4}}]}],
                         "services": [
                           {"service": "gateway", "instances": 1, "versions": [], "nodes": ["gateway-1"], "unresponsive": []},
                           {"service": "order", "instances": 1, "versions": ["1.0.0"], "nodes": ["order-2"],
                            "unresponsive": ["order-1"]}]}
                        """))
            .text();
    assertThat(text)
        .isEqualTo(
            """
            Cluster shop

            NODE       SERVICES  VERSION  UP            EVENT BUS  MEMBER PORT
            gateway-1  gateway   0.1.0    9 d           h:2        h:1
            order-1    order              UNRESPONSIVE             h:3
            order-2    order     0.1.0    9 d           h:5        h:4

            SERVICE  INSTANCES  VERSION  ON         UNRESPONSIVE ON
            gateway  1                   gateway-1
            order    1          1.0.0    order-2    order-1

            NOT READY  LACKS           REASON
            order-2    order database  connection refused

            INSTANCE OF  ON       IN FLIGHT  SERVED
            order        order-2  3          1234

            CIRCUIT BREAKER  OF         STATE  FAILURES  TIMES OPENED
            order            gateway-1  OPEN   5         1

            CALLS TO  OF         IN FLIGHT  AT MOST  REJECTED
            order     gateway-1  12         160      7

            QUEUE            OF       WAITING  AT MOST
            orders to write  order-2  unknown  unknown

            BACKLOG
            events of order  undelivered 4""");
  }

  private int status(String... options) {
    var arguments = new String[options.length + 1];
    arguments[0] = "status";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Main.commandLine(Terminal.to(printed)).execute(arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
