package org.tradepost.gateway.console;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.Admission.Admitted;
import org.tradepost.gateway.console.Supervisor.Outcome;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.overload.ClientLimits;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;
import org.tradepost.platform.node.ClusterNode;

/**
 * {@code POST /v1/cluster/commands}: lets administrators break a local cluster and see that it
 * survives. Responds with 404 unless {@code ./tradepost cluster} started the gateway.
 *
 * <p>A gateway does not kill, freeze or scale away itself, since it could neither respond nor undo
 * this. When it restarts itself, it responds as soon as the restart has begun.
 */
public final class CommandRoute {

  /** How many commands run at once; further ones wait. */
  private static final int MAX_COMMANDS = 8;

  private static final int MAX_COMMAND_HOURS = 1;
  private static final Logger log = LoggerFactory.getLogger(CommandRoute.class);

  private final String self;
  private final Admission admission;
  private final WorkerExecutor workers;
  private final Optional<Supervisor> supervisor;
  private final ClientLimits clientLimits = new ClientLimits();

  public CommandRoute(ClusterNode node, Admission admission, ConsoleConfig config) {
    this.self = node.name();
    this.admission = admission;
    // Own threads: Vert.x warns every second about a shared thread that is in use for a minute.
    this.workers =
        node.vertx()
            .createSharedWorkerExecutor(
                "commands", MAX_COMMANDS, MAX_COMMAND_HOURS, TimeUnit.HOURS);
    this.supervisor = config.controlSocket().map(Supervisor::new);
  }

  /**
   * A command of an administrator.
   *
   * @param command what to do
   * @param target a member to kill, freeze, resume or restart, or a service to scale
   * @param instances the wanted number of instances of the service
   */
  private record Command(String command, String target, Integer instances) {

    String line() {
      return switch (command) {
        case "audit", "members" -> command;
        case "scale" ->
            "scale %s %s".formatted(required(target, "target"), required(instances, "instances"));
        default -> command + " " + required(target, "target");
      };
    }

    private static <T> T required(T value, String field) {
      if (value == null) {
        throw ServiceException.invalid("/" + field, "is missing");
      }
      return value;
    }
  }

  /** Executes the command, and responds when it has ended. */
  public void serve(RoutingContext context, OperationRoute route, RouteTable.Match match) {
    admission
        .admit(context, route, match)
        .compose(admitted -> execute(context, route, admitted))
        .onSuccess(said -> ResponseWriter.write(context, route.operation(), Map.of(), said))
        .onFailure(context::fail);
  }

  private Future<Buffer> execute(RoutingContext context, OperationRoute route, Admitted admitted) {
    var command =
        GatewayDescription.read(route, admitted.headers(), admitted.body(), Command.class);
    var line = command.line();
    var reached =
        supervisor.orElseThrow(
            () ->
                new ServiceException(
                    CommonError.NOT_FOUND,
                    "Commands need a cluster that ./tradepost cluster started"));
    // Nothing after this throws, so the slot is always given back.
    var slot = clientLimits.take(route, admitted.client());
    log.info("command of {}: {}", admitted.caller().subject(), line);
    HttpExchange.of(context).removeTimeout();
    return workers
        .executeBlocking(() -> execute(command, line, reached), false)
        .onComplete(done -> slot.giveBack())
        .map(WireJson::write);
  }

  private Outcome execute(Command command, String line, Supervisor reached) {
    if (command.command().equals("scale")) {
      return scalesAwaySelf(command, reached) ? rejectForSelf() : reached.execute(line);
    }
    if (!self.equals(command.target())) {
      return reached.execute(line);
    }
    return switch (command.command()) {
      case "kill", "freeze" -> rejectForSelf();
      case "restart" -> reached.begin(line);
      default -> reached.execute(line);
    };
  }

  /** Whether it ends this member: the newest leave, and the supervisor lists the oldest first. */
  private boolean scalesAwaySelf(Command scale, Supervisor reached) {
    return reached.execute("members").output().stream()
        .filter(member -> member.contains(" " + scale.target() + " "))
        .skip(scale.instances())
        .anyMatch(leaving -> leaving.startsWith(self + " "));
  }

  private Outcome rejectForSelf() {
    return new Outcome(
        false, List.of(self + " cannot do this to itself: send the command to another gateway."));
  }
}
