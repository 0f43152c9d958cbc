package org.tradepost.platform.service;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Deadline;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.management.Condition;
import org.tradepost.platform.node.ClusterNode;

/**
 * Registers one instance on the bus and in the directory while all its conditions hold, and again
 * once they hold again. Meanwhile, requests go to other instances, and those that still arrive are
 * answered. The only instance that serves stays registered for {@value #GRACE_PERIOD_MILLIS} ms: a
 * check may fail because the machine is busy for a moment, and without the instance every request
 * would fail.
 *
 * <p>Belongs to the context on which it is created.
 */
final class ServiceRegistration {

  private static final Logger log = LoggerFactory.getLogger(ServiceRegistration.class);
  private static final long GRACE_PERIOD_MILLIS = 3_000;
  private static final long RECHECK_MILLIS = 250;
  private static final long STEP_TIMEOUT_MILLIS = 2_000;

  private final ClusterNode node;
  private final ApiDescription description;
  private final Map<String, Consumer<Message<Buffer>>> table;
  private final List<Condition> needs;
  private final Context context;
  private final String descriptionAddress;
  private final Set<String> operations;
  private final List<MessageConsumer<Buffer>> consumers = new ArrayList<>();
  private Future<Void> changing = Future.succeededFuture();
  private String record;
  private boolean serving;
  private boolean stopped;
  private boolean rechecking;

  /** Until when it stays registered although something is missing; null while nothing is. */
  private Deadline graceEnd;

  /**
   * @param table the handler of each address
   * @param needs the conditions that must hold
   */
  ServiceRegistration(
      ClusterNode node,
      ApiDescription description,
      Map<String, Consumer<Message<Buffer>>> table,
      List<Condition> needs) {
    this.node = node;
    this.description = description;
    this.table = table;
    this.needs = List.copyOf(needs);
    this.context = node.vertx().getOrCreateContext();
    this.descriptionAddress = DescriptionQuery.of(description.service()).address();
    this.operations = new HashSet<>(table.keySet());
    operations.remove(descriptionAddress);
  }

  /**
   * Announces the instance and serves its API description, which needs no condition. Its operations
   * follow, now or as soon as all conditions hold.
   */
  Future<Void> start() {
    return consume(Set.of(descriptionAddress))
        .compose(done -> Future.join(needs.stream().map(Condition::check).toList()))
        .compose(checked -> reconsider())
        .compose(
            done ->
                node.directory()
                    .publish(
                        description.service(),
                        description.version(),
                        description.hash(),
                        table.keySet(),
                        serving ? Optional.empty() : missing()))
        .onSuccess(published -> record = published)
        .onSuccess(done -> needs.forEach(need -> need.onChange(this::changed)))
        .compose(done -> reconsider());
  }

  private Future<Void> consume(Set<String> addresses) {
    var started =
        addresses.stream()
            .map(address -> node.bus().consume(address, table.get(address)::accept))
            .toList();
    consumers.addAll(started);
    return Future.all(started.stream().map(MessageConsumer::completion).toList()).mapEmpty();
  }

  /**
   * Leaves the directory and the bus. Each step has a timeout, since it may wait for a frozen node;
   * either way, this instance then receives no more requests.
   */
  Future<Void> stop() {
    stopped = true;
    return withTimeout(changing)
        .compose(
            done ->
                record == null
                    ? Future.succeededFuture()
                    : withTimeout(node.directory().withdraw(record)))
        .compose(
            done ->
                withTimeout(
                    Future.join(consumers.stream().map(MessageConsumer::unregister).toList())));
  }

  private static Future<Void> withTimeout(Future<?> step) {
    return step.timeout(STEP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Runs one change after the other; each reads the conditions at its turn. */
  private Future<Void> reconsider() {
    changing = changing.otherwiseEmpty().compose(done -> change());
    return changing;
  }

  private void changed() {
    context.runOnContext(
        now ->
            reconsider()
                .onFailure(
                    failure ->
                        log.warn(
                            "{} could not change its registration",
                            description.service(),
                            failure)));
  }

  private Future<Void> change() {
    var missing = missing();
    var wanted = missing.isEmpty();
    if (stopped || wanted == serving || (!wanted && isInGracePeriod())) {
      graceEnd = wanted ? null : graceEnd;
      return Future.succeededFuture();
    }
    graceEnd = null;
    return (wanted ? serve() : suspend(missing))
        .onSuccess(done -> serving = wanted)
        .onFailure(failure -> recheckLater());
  }

  private Future<Void> serve() {
    return consumers.size() == 1
        ? consume(operations)
            .compose(done -> record == null ? Future.succeededFuture() : announce(Optional.empty()))
        : resume();
  }

  /** Whether it is too early to leave the bus. If so, checks again soon. */
  private boolean isInGracePeriod() {
    if (graceEnd == null) {
      graceEnd = Deadline.in(GRACE_PERIOD_MILLIS);
    }
    if (graceEnd.isPast() || node.directory().count(description.service()) > 1) {
      return false;
    }
    recheckLater();
    return true;
  }

  private void recheckLater() {
    if (!rechecking) {
      rechecking = true;
      node.vertx()
          .setTimer(
              RECHECK_MILLIS,
              due -> {
                rechecking = false;
                changed();
              });
    }
  }

  private Future<Void> suspend(Optional<String> missing) {
    log.warn("{} takes no requests until it can serve again", description.service());
    return node.registrations().suspend(operations).compose(done -> announce(missing));
  }

  private Future<Void> resume() {
    log.info("{} takes requests again", description.service());
    return node.registrations().resume(operations).compose(done -> announce(Optional.empty()));
  }

  /** Announces what was done, even if the conditions have changed meanwhile. */
  private Future<Void> announce(Optional<String> missing) {
    return node.directory().update(record, missing);
  }

  /** The names of what is missing, without the reasons, since clients see them. */
  private Optional<String> missing() {
    var names = needs.stream().filter(need -> !need.holds()).map(Condition::name).toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }
}
