package org.tradepost.launcher.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends seeded hostile calls over several connections, and collects what was answered wrongly. */
public final class HostileCalls {
  private static final int CONNECTIONS = 4;

  private final int port;
  private final ApiDescription api;
  private final List<String> tokens;
  private final Map<String, List<String>> ids;

  /** How often each status was answered, and each kind of fault with one of its calls. */
  public record Findings(Map<Integer, Integer> statuses, Map<String, String> faults) {
    Findings() {
      this(new TreeMap<>(), new TreeMap<>());
    }
  }

  public HostileCalls(
      int port, JsonNode document, List<String> tokens, Map<String, List<String>> ids) {
    this.port = port;
    this.api = new ApiDescription(document);
    this.tokens = tokens;
    this.ids = ids;
  }

  /** Sends {@code count} calls that {@code seed} determines. */
  public Findings send(long seed, int count) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Findings>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        CallGenerator calls = new CallGenerator(api, seed * CONNECTIONS + i, tokens, ids);
        parts.add(threads.submit(() -> send(calls, count / CONNECTIONS)));
      }
      Findings all = new Findings();
      for (Future<Findings> part : parts) {
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
    AnswerCheck check = new AnswerCheck(api);
    Findings findings = new Findings();
    try (HttpWire wire = new HttpWire(port)) {
      for (int i = 0; i < count; i++) {
        HttpCall call = calls.next();
        try {
          HttpAnswer answer = wire.send(call);
          findings.statuses().merge(answer.status(), 1, Integer::sum);
          check
              .faults(call, answer)
              .forEach(fault -> findings.faults().putIfAbsent(fault, shown(call, answer)));
        } catch (IOException e) {
          findings.faults().putIfAbsent(e.getMessage(), shown(call, "no answer"));
        }
      }
    }
    return findings;
  }

  private static String shown(HttpCall call, Object answer) {
    return "%s%n  was answered %s%n".formatted(call, answer);
  }
}
