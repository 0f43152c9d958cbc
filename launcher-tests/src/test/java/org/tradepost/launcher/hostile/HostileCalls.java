package org.tradepost.launcher.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tradepost.launcher.contract.RestDocument;
import org.tradepost.proof.rest.RestResponse;

/** Sends seeded hostile calls over several connections, and collects the wrong responses. */
final class HostileCalls {
  private static final int CONNECTIONS = 4;
  private static final int MAX_SHOWN_LENGTH = 1_500;
  private static final String PROBLEM = "application/problem+json";

  /** Statuses for an unsupported coding or HTTP version, and for calls rejected for a while. */
  private static final Set<Integer> EXPECTED_SERVER_ERRORS = Set.of(501, 503, 505);

  private final int port;
  private final RestDocument document;
  private final List<String> tokens;
  private final Map<String, List<String>> ids;

  /** How often each status occurred, and one call for each kind of fault. */
  record Findings(Map<Integer, Integer> statuses, Map<String, String> faults) {
    Findings() {
      this(new TreeMap<>(), new TreeMap<>());
    }
  }

  HostileCalls(
      int port, RestDocument document, List<String> tokens, Map<String, List<String>> ids) {
    this.port = port;
    this.document = document;
    this.tokens = tokens;
    this.ids = ids;
  }

  /** Sends {@code count} calls, determined by {@code seed}. */
  Findings send(long seed, int count) throws InterruptedException, ExecutionException {
    var threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      var parts = new ArrayList<Future<Findings>>();
      for (var i = 0; i < CONNECTIONS; i++) {
        var calls = new CallGenerator(document, seed * CONNECTIONS + i, tokens, ids);
        var share = (count + i) / CONNECTIONS;
        parts.add(threads.submit(() -> send(calls, share)));
      }
      var all = new Findings();
      for (var part : parts) {
        part.get()
            .statuses()
            .forEach((status, times) -> all.statuses().merge(status, times, Integer::sum));
        all.faults().putAll(part.get().faults());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private Findings send(CallGenerator calls, int count) throws IOException {
    var findings = new Findings();
    try (var wire = new HttpWire(port)) {
      for (var i = 0; i < count; i++) {
        var call = calls.next();
        try {
          var answer = wire.send(call);
          findings.statuses().merge(answer.status(), 1, Integer::sum);
          faults(call, answer)
              .forEach(fault -> findings.faults().putIfAbsent(fault, shown(call, answer)));
        } catch (IOException e) {
          findings.faults().putIfAbsent(e.getMessage(), shown(call, "no response"));
        }
      }
    }
    return findings;
  }

  /** What is wrong with a response: undocumented parts, a fault, or an error without a problem. */
  private List<String> faults(HttpCall call, RestResponse answer) {
    var faults = new ArrayList<>(document.faults(call.method, call.target, answer));
    var rejected = answer.status() >= 400;
    if (answer.status() >= 500 && !EXPECTED_SERVER_ERRORS.contains(answer.status())) {
      faults.add(call.method + " of " + call.path() + " is answered " + answer.status());
    }
    if (rejected && !call.method.equals("HEAD") && !answer.header("content-type").equals(PROBLEM)) {
      faults.add("rejected without a problem: " + answer.header("content-type"));
    }
    return faults;
  }

  private static String shown(HttpCall call, Object answer) {
    var text = answer.toString();
    return "%s%n  was answered %s%n"
        .formatted(
            call, text.length() > MAX_SHOWN_LENGTH ? text.substring(0, MAX_SHOWN_LENGTH) : text);
  }
}
