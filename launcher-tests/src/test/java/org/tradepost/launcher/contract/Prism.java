package org.tradepost.launcher.contract;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.launcher.os.Ports;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** The validating proxy Prism in front of a shop: a response header lists all violations. */
final class Prism implements AutoCloseable {
  /** The header in which Prism lists violations, as JSON. */
  static final String VIOLATIONS = "sl-violations";

  private final Process process;
  private final URI base;

  /** Whether Prism is installed. */
  static boolean isInstalled() {
    return ContractToolsTest.isInstalled("prism");
  }

  /**
   * Starts Prism, and waits until it serves.
   *
   * @param directory where it keeps the document and its log
   * @param options additional options of its command line
   */
  Prism(RestClient shop, Path directory, String... options) throws IOException {
    var document = shop.send(RestRequest.get("/openapi.json")).body();
    var file = Files.writeString(directory.resolve("prism.json"), document.toString());
    int port = Ports.free(1).get(0);
    var command = new ArrayList<>(List.of("prism", "proxy", file.toString()));
    command.addAll(List.of(shop.base().toString(), "--cors=false"));
    command.addAll(List.of("--host=" + Loopback.ADDRESS, "--port=" + port));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prism.log").toFile())
            .start();
    base = Loopback.url(port);
    var client = new RestClient(base);
    await()
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> client.send(RestRequest.get("/v1/products?limit=1")).status() == 200);
  }

  URI base() {
    return base;
  }

  /** The violations of a response; those of its request are left out. */
  static List<String> faults(RestResponse answer) {
    var faults = new ArrayList<String>();
    var found = answer.header(VIOLATIONS);
    if (!found.isEmpty()) {
      for (var violation : parse(found)) {
        if (violation.at("/location/0").asText().equals("response")) {
          faults.add("Prism: " + violation);
        }
      }
    }
    return faults;
  }

  private static JsonNode parse(String found) {
    try {
      return new ObjectMapper().readTree(found);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(found, e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
