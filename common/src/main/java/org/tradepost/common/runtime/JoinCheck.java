package org.tradepost.common.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.spi.cluster.NodeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/**
 * Exchanges a message with every other node when this one has joined, and names those that it
 * cannot talk to, with the setting that is likely wrong.
 *
 * <p>Hazelcast may well connect nodes whose event buses cannot. A request goes out on a connection
 * that this node makes, and its answer comes back on one that the other makes, so an answer proves
 * both directions. Nodes that join later check this one themselves.
 */
final class JoinCheck {

  private static final int TRIES = 2;
  private static final long TRY_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int CONNECT_MILLIS = 2_000;
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

  /** Checks all nodes that are there, each by itself. */
  void begin() {
    members.others().forEach(other -> check(other, TRIES));
  }

  private void check(Members.Known other, int tries) {
    bus.call(NodeAddress.hello(other.id()), Nothing.NOTHING, Call.own(TRY_MILLIS))
        .onSuccess(answer -> log.debug("{} and this node can talk to each other", other.name()))
        .onFailure(
            failure -> {
              if (tries > 1) {
                vertx.setTimer(PAUSE_MILLIS, due -> check(other, tries - 1));
              } else {
                complain(other, failure);
              }
            });
  }

  /** Unless the other has left meanwhile, or is not open yet: then it will check by itself. */
  private void complain(Members.Known other, Throwable failure) {
    registrations
        .areThere(NodeAddress.hello(other.id()).address())
        .compose(
            open ->
                open && members.others().contains(other)
                    ? reason(other, failure)
                    : Future.succeededFuture(""))
        .otherwise(unknown -> "why is not known: " + unknown.getMessage())
        .onSuccess(
            reason -> {
              if (!reason.isEmpty()) {
                log.warn(
                    "{} and {} cannot talk to each other on the event bus: {}",
                    members.own().name(),
                    other.name(),
                    reason);
              }
            });
  }

  private Future<String> reason(Members.Known other, Throwable failure) {
    var own = members.own();
    if (failure instanceof ServiceException refusal && refusal.is(ErrorCode.UNAUTHENTICATED)) {
      return Future.succeededFuture("their TRADEPOST_CLUSTER_SECRET or their clocks differ");
    }
    if (own.tls() != other.tls()) {
      return Future.succeededFuture(
          "%s uses TLS and %s does not; see TRADEPOST_TLS_CERTIFICATE, _KEY and _CA of both"
              .formatted((own.tls() ? own : other).name(), (own.tls() ? other : own).name()));
    }
    return members.place(other.id()).compose(place -> reason(other, place));
  }

  private Future<String> reason(Members.Known other, NodeInfo place) {
    return vertx
        .createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS))
        .connect(place.port(), place.host())
        .compose(NetSocket::close)
        .map(reached -> silence(other))
        .otherwise(
            refused ->
                "%s cannot connect to %s:%d, where %s says that it is reached; see TRADEPOST_HOST, TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of %s, and the firewall between them"
                    .formatted(
                        members.own().name(),
                        place.host(),
                        place.port(),
                        other.name(),
                        other.name()));
  }

  private String silence(Members.Known other) {
    var own = members.own();
    var way =
        "%s can be connected to and does not answer, so it likely cannot connect to %s, where %s says that it is reached; see TRADEPOST_HOST, TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of %s, and the firewall between them"
            .formatted(other.name(), members.ownPlace(), own.name(), own.name());
    return own.tls() ? way + ", or their certificates are not of the same CA" : way;
  }
}
