package org.tradepost.platform.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.cluster.NodeProof;
import org.tradepost.platform.cluster.Registrations;

/**
 * Exchanges a message with every other node once this one has joined, and logs those that cannot be
 * reached, with the setting that is likely wrong.
 *
 * <p>Hazelcast may connect nodes whose event buses cannot reach each other. A request travels on a
 * connection that this node opens, and its reply on one that the other node opens, so a reply
 * proves both directions. Nodes that join later check this one themselves.
 */
final class JoinCheck {

  private static final int FEWEST_TRIES = 2;

  /** A JVM that has just started may be so busy that it seems unresponsive. */
  private static final int MOST_TRIES = 10;

  private static final long TRY_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int CONNECT_MILLIS = 2_000;
  private static final String WRONG_PLACE =
      "%s cannot connect to %s:%d, the address that %s publishes; see TRADEPOST_HOST,"
          + " TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of %s, and the firewall";
  private static final String NOT_KNOWN =
      "the other accepts the connection and does not reply; see TRADEPOST_HOST,"
          + " TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of both, the firewall,"
          + " and whether their certificates are of the same CA";
  private static final Logger log = LoggerFactory.getLogger(JoinCheck.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final Members members;
  private final Registrations registrations;

  JoinCheck(Vertx vertx, ServiceBus bus, Members members, Registrations registrations) {
    this.vertx = vertx;
    this.bus = bus;
    this.members = members;
    this.registrations = registrations;
  }

  /** Checks every other node that has the same cluster secret, each by itself. */
  void start() {
    members.others().stream()
        .filter(other -> other.secret() == NodeProof.Secret.SAME)
        .forEach(other -> check(other, 1));
  }

  private void check(Members.Known other, int tried) {
    bus.call(NodeAddress.ping(other.id()), Empty.NOTHING, RequestContext.background(TRY_MILLIS))
        .onSuccess(answer -> log.debug("{} and this node can reach each other", other.name()))
        .onFailure(failure -> diagnose(other, tried));
  }

  /** A node that does not listen has left, or will check this node once it listens. */
  private void diagnose(Members.Known other, int tried) {
    registrations
        .hasListeners(NodeAddress.ping(other.id()).address())
        .onSuccess(
            listens -> {
              if (listens) {
                (tried < FEWEST_TRIES
                        ? Future.succeededFuture(Optional.<String>empty())
                        : reason(other).otherwise(Optional.empty()))
                    .onSuccess(reason -> decide(other, tried, reason));
              }
            })
        .onFailure(unknown -> log.debug("{} cannot be checked", other.name(), unknown));
  }

  /** Logs a warning when the reason is known or after many tries; otherwise tries again. */
  private void decide(Members.Known other, int tried, Optional<String> reason) {
    if (!members.others().contains(other)) {
      return;
    }
    if (reason.isPresent() || tried == MOST_TRIES) {
      log.warn(
          "{} and {} cannot reach each other on the event bus: {}",
          members.own().name(),
          other.name(),
          reason.orElse(NOT_KNOWN));
    } else {
      vertx.setTimer(PAUSE_MILLIS, due -> check(other, tried + 1));
    }
  }

  /** Why the two cannot talk; empty when connections to both succeed. */
  private Future<Optional<String>> reason(Members.Known other) {
    var own = members.own();
    if (own.tls() != other.tls()) {
      return Future.succeededFuture(
          Optional.of(
              "%s uses TLS and %s does not; see TRADEPOST_TLS_CERTIFICATE, _KEY and _CA of both"
                  .formatted((own.tls() ? own : other).name(), (own.tls() ? other : own).name())));
    }
    return unreachable(other)
        .compose(
            reason ->
                reason.isPresent() ? Future.succeededFuture(reason) : unreachable(members.own()));
  }

  /** Why the address that a node publishes cannot be reached; also used for this node's own. */
  private Future<Optional<String>> unreachable(Members.Known node) {
    return members
        .place(node.id())
        .compose(
            place ->
                vertx
                    .createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
                    .connect(place.port(), place.host())
                    .compose(NetSocket::close)
                    .map(reached -> Optional.<String>empty())
                    .otherwise(
                        refused ->
                            Optional.of(
                                String.format(
                                    Locale.ROOT,
                                    WRONG_PLACE,
                                    members.own().name(),
                                    place.host(),
                                    place.port(),
                                    node.name(),
                                    node.name()))));
  }
}
