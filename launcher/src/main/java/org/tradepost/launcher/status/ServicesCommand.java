package org.tradepost.launcher.status;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.HttpUrl;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.data.ManagementFile;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the gateways forget a service that is gone for good. */
@Command(
    name = "services",
    description = "Manages the services that the gateways know.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "It calls a gateway that ./tradepost up or cluster runs on the data directory, or the "
          + "gateway at --management, with the secret in TRADEPOST_CLUSTER_SECRET.",
      "The exit status is 0 on success, 1 if it was rejected, 2 if it could not be tried."
    })
public final class ServicesCommand {
  private static final int REJECTED = 1;
  private static final int NOT_RUN = 2;
  private static final String SECRET = "TRADEPOST_CLUSTER_SECRET";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Terminal terminal;

  public ServicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "forget",
      description = {
        "Removes the routes and documents of a service that is gone for good.",
        "Rejected while an instance of it is in the cluster."
      })
  int forget(
      @Parameters(paramLabel = "NAME", description = "The service.") String name,
      @Mixin RunningDataOption data,
      @Option(
              names = "--management",
              paramLabel = "URL",
              converter = HttpUrl.class,
              description = "The management port of a gateway, like http://127.0.0.1:9090.")
          Optional<URI> management) {
    if (!name.matches("[a-z0-9-]+")) {
      terminal.print(name + " is not the name of a service.");
      return NOT_RUN;
    }
    try {
      var nodes =
          management.map(List::of).orElseGet(() -> ManagementFile.of(data.directory()).nodes());
      return forget(name, token(management.isPresent(), data.directory()), nodes);
    } catch (CommandFailure | Settings.WrongSetting e) {
      terminal.print(e.getMessage());
      return NOT_RUN;
    }
  }

  private static String token(boolean elsewhere, Path data) {
    var settings = Settings.fromEnvironment();
    var secret =
        elsewhere || settings.values().containsKey(SECRET)
            ? settings.required(SECRET)
            : Secrets.cluster(data);
    var vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(ClusterNode.NO_CACHE));
    try {
      return new ServiceTokens(vertx, "operator", secret).token();
    } finally {
      Waiting.on(vertx.close(), TIMEOUT);
    }
  }

  /** Asks the nodes in turn; only gateways know of services, and the first to respond decides. */
  private int forget(String name, String token, List<URI> nodes) {
    // Longer than a gateway needs, but a frozen node never responds.
    var request = RestRequest.of("DELETE", "/services/" + name).as(token).within(TIMEOUT);
    for (var node : nodes) {
      RestResponse answer;
      try {
        answer = new RestClient(node).send(request);
      } catch (RestClient.NoResponse e) {
        continue;
      }
      if (answer.status() == 204) {
        terminal.print("The service " + name + " is forgotten.");
        return 0;
      }
      if (answer.body().has("detail")) {
        terminal.print(answer.body().path("detail").asText() + ".");
        return REJECTED;
      }
    }
    throw new CommandFailure("No gateway answers at " + nodes + "; is it running?");
  }
}
