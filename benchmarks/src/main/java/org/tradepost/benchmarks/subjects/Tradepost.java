package org.tradepost.benchmarks.subjects;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.BackgroundProgram;
import org.tradepost.benchmarks.machine.CommandOutput;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.machine.ProcessorSplit;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.workload.BenchmarkClient;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.proof.rest.RestRequest;

/** A separate Tradepost, started by its script, in a new directory on free ports. */
public final class Tradepost implements AutoCloseable {
  private static final String RATE_LIMIT = "TRADEPOST_RATE_LIMIT";
  private static final String CLIENT_SHARE = "TRADEPOST_CLIENT_SHARE_PERCENT";

  /** The settings of the benchmark. Others in the environment are passed on. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TRADEPOST_ADMIN_EMAIL",
          BenchmarkShop.ADMINISTRATOR,
          "TRADEPOST_ADMIN_PASSWORD",
          BenchmarkShop.PASSWORD,
          "TRADEPOST_ACCESS_TOKEN_SECONDS",
          "3600",
          // Clients stay connected while another side has its turn.
          "TRADEPOST_IDLE_TIMEOUT_SECONDS",
          "3600",
          // Both JIT compilers, as the other sides use them.
          "TRADEPOST_MEMBER_JAVA_OPTIONS",
          "-XX:TieredStopAtLevel=4",
          // Limits must not affect the measured rates, and a few clients represent many.
          RATE_LIMIT,
          System.getenv().getOrDefault(RATE_LIMIT, "1000000"),
          CLIENT_SHARE,
          System.getenv().getOrDefault(CLIENT_SHARE, "100"));

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String UP = "Tradepost is up.";
  private static final Pattern GATEWAY =
      Pattern.compile("(?m)^  gateway-\\d+ .*, REST API http://\\S+:(\\d+)/v1");
  private static final Pattern MEMBER = Pattern.compile("(?m)^  (\\S+-\\d+) +process (\\d+),");

  private final Project project;
  private final List<String> prefix;
  private final List<String> command;
  private final Path data;
  private final int port = Project.freePort();
  private final int managementPort = Project.freePort();
  private BackgroundProgram program;

  private Tradepost(Project project, Deployment deployment) {
    this.project = project;
    this.prefix =
        deployment == Deployment.CLUSTER_GATEWAY_APART ? ProcessorSplit.firstHalf() : List.of();
    this.command = deployment.command();
    this.data = project.target().resolve("data");
  }

  /** Starts one without data. */
  static Tradepost start(Project project, Deployment deployment) {
    var started = new Tradepost(project, deployment);
    started.startAnew();
    if (deployment == Deployment.CLUSTER_GATEWAY_APART) {
      ProcessorSplit.toSecondHalf(started.processes().get("gateway-1"));
    }
    return started;
  }

  private void startAnew() {
    try {
      Project.delete(data);
    } catch (IOException e) {
      throw new MeasurementFailure(data + " cannot be emptied.", e);
    }
    program = launch(command.get(0));
    program.await(() -> program.printed().contains(UP));
  }

  /** Restarts it, and returns the seconds from the start to the first response. */
  public double secondsToStartAgain() {
    program.close();
    var rest = new BenchmarkClient(port);
    var start = System.nanoTime();
    program = launch(command.get(0) + "-again");
    program.await(() -> rest.answers("/v1/products?limit=1"));
    var seconds = (System.nanoTime() - start) / 1e9;
    program.await(() -> program.printed().contains(UP));
    return seconds;
  }

  private BackgroundProgram launch(String log) {
    var words = new ArrayList<String>(prefix);
    words.add(project.script().toString());
    words.addAll(command);
    words.addAll(List.of("--empty", "--data", data.toString(), "--port", "" + port));
    if (isOneJvm()) {
      words.addAll(List.of("--management-port", "" + managementPort));
    }
    return BackgroundProgram.start(words, SETTINGS, project.target().resolve(log + ".log"));
  }

  private boolean isOneJvm() {
    return command.equals(Deployment.UP.command());
  }

  public int port() {
    return port;
  }

  public Path data() {
    return data;
  }

  /** What the command that runs it has printed so far. */
  public String printed() {
    return program.printed();
  }

  /** The log of its services; only for {@code up}. */
  public String log() {
    try {
      return Files.readString(data.resolve("tradepost.log"));
    } catch (IOException e) {
      throw new MeasurementFailure("The log in " + data + " cannot be read.", e);
    }
  }

  /** The process ids of its JVMs, by name. */
  public Map<String, Long> processes() {
    var members = new LinkedHashMap<String, Long>();
    if (isOneJvm()) {
      members.put("tradepost", program.pid());
    }
    MEMBER
        .matcher(program.printed())
        .results()
        .forEach((MatchResult found) -> members.put(found.group(1), Long.valueOf(found.group(2))));
    return members;
  }

  /** The ports of its gateways. */
  public List<Integer> gateways() {
    return GATEWAY
        .matcher(program.printed())
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  /** The JVMs that run a service of a cluster at the moment; they change while it runs. */
  public List<ProcessHandle> members(String service) {
    return ProcessHandle.of(program.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> environment(process).contains("\0TRADEPOST_NODE_NAME=" + service + "-"))
        .toList();
  }

  private static String environment(ProcessHandle process) {
    try {
      return "\0"
          + Files.readString(
              Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /**
   * Adds a member to a cluster, which runs a service.
   *
   * @param members how many members run the service then
   * @param requests how many requests the new one has to serve
   * @return the seconds that this takes, from the moment at which it is ready
   */
  public double secondsUntilServing(String service, int members, int requests) {
    var known = managementPorts().size();
    var scaled = CompletableFuture.supplyAsync(() -> command("scale", service + "=" + members));
    Await.until(() -> managementPorts().size() > known, TIMEOUT, "one more " + service);
    var member = new BenchmarkClient(managementPorts().get(known));
    Await.until(() -> member.answers("/health/ready"), TIMEOUT, service + " to be ready");
    var ready = System.nanoTime();
    var name = service + "-" + members;
    Await.until(() -> served(member, name, service) >= requests, TIMEOUT, name + " to serve");
    var seconds = (System.nanoTime() - ready) / 1e9;
    scaled.join();
    return seconds;
  }

  /** The management ports of its members, in the order in which they were started. */
  private List<Integer> managementPorts() {
    try (var nodes = Files.lines(data.resolve("management"))) {
      return nodes.map(node -> URI.create(node).getPort()).toList();
    } catch (IOException e) {
      throw new MeasurementFailure("The management addresses of the members cannot be read.", e);
    }
  }

  private static long served(BenchmarkClient member, String name, String service) {
    for (var node : member.send(200, RestRequest.get("/topology")).body().path("nodes")) {
      for (var metric : node.path("metrics")) {
        if (node.path("name").asText().equals(name)
            && metric.path("kind").asText().equals("service")
            && metric.path("name").asText().equals(service)) {
          return metric.at("/values/served").asLong();
        }
      }
    }
    return 0;
  }

  /** Runs another command on it, and returns its output. */
  public String command(String... words) {
    var all = new ArrayList<String>(List.of(project.script().toString()));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    return CommandOutput.of(all, Map.of());
  }

  @Override
  public void close() {
    program.close();
  }
}
