package org.tradepost.launcher.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.services.ServiceDescriptor;

/**
 * The commands that a running local cluster accepts: restart members, add or remove some, kill or
 * freeze one, and run the audit. They run one at a time, except the one that lists the members.
 */
final class ClusterCommands implements ControlSocket.Commands {
  private final LocalCluster cluster;
  private final Lock exclusive = new ReentrantLock(true);

  ClusterCommands(LocalCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public void execute(List<String> words, Terminal terminal) {
    if (words.get(0).equals("members")) {
      cluster.members().forEach(member -> describe(member, terminal));
      return;
    }
    try {
      if (!exclusive.tryLock()) {
        terminal.print("Waiting for another command to end ...");
        exclusive.lockInterruptibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("The cluster is stopping.");
    }
    try {
      executeExclusively(words, terminal);
    } finally {
      exclusive.unlock();
    }
  }

  private void executeExclusively(List<String> words, Terminal terminal) {
    switch (words.get(0)) {
      case "roll" -> roll(terminal);
      case "kill" -> change(words, "is killed", MemberProcess::kill, terminal);
      case "freeze" -> change(words, "is frozen", MemberProcess::freeze, terminal);
      case "resume" -> change(words, "is resumed", MemberProcess::resume, terminal);
      case "restart" -> restart(cluster.member(words.get(1)), terminal);
      case "audit" -> terminal.print(cluster.audit());
      case "scale" -> counts(words).forEach((service, count) -> scale(service, count, terminal));
      default ->
          throw new CommandFailure("This cluster does not know how to " + words.get(0) + ".");
    }
  }

  /** Restarts all members, each once the previous one is ready. */
  private void roll(Terminal terminal) {
    cluster.members().forEach(member -> restart(member, terminal));
    terminal.print("Restarted all members.");
  }

  private void restart(MemberProcess member, Terminal terminal) {
    if (!member.isAlive()) {
      join(cluster.restart(member), terminal);
      return;
    }
    var plan = member.plan();
    if (cluster.members(plan.service()).size() == 1) {
      terminal.print(
          plan.label() + "is the only instance of its service: requests fail until it is back.");
    }
    terminal.print(plan.label() + "process " + member.pid() + " is stopping ...");
    var start = System.nanoTime();
    cluster.stop(member);
    var stopped = System.nanoTime();
    var restarted = cluster.restart(member);
    cluster.awaitDiscovery(restarted);
    terminal.print(
        plan.label()
            + String.format(
                Locale.ROOT,
                "stopped in %s s; process %d was ready after %s s.",
                seconds(stopped - start),
                restarted.pid(),
                seconds(System.nanoTime() - stopped)));
  }

  private void change(
      List<String> words, String done, Consumer<MemberProcess> change, Terminal terminal) {
    var member = cluster.member(words.get(1));
    if (!member.isAlive()) {
      throw new CommandFailure(member.plan().name() + " does not run.");
    }
    change.accept(member);
    terminal.print(member.plan().label() + "process " + member.pid() + " " + done + ".");
  }

  /** Prints a line for programs: the member's name, its service and the state of its process. */
  private static void describe(MemberProcess member, Terminal terminal) {
    var plan = member.plan();
    terminal.print(String.join(" ", plan.name(), plan.service().name(), member.state()));
  }

  /**
   * Reads all counts before a member is started or stopped.
   *
   * @param words the command, then each service with its number of members
   */
  private Map<ServiceDescriptor, Integer> counts(List<String> words) {
    var counts = new LinkedHashMap<ServiceDescriptor, Integer>();
    for (var i = 1; i < words.size(); i += 2) {
      counts.put(cluster.services().get(words.get(i)), Integer.valueOf(words.get(i + 1)));
    }
    return counts;
  }

  private void scale(ServiceDescriptor service, int count, Terminal terminal) {
    cluster.members(service).stream()
        .limit(count)
        .filter(member -> !member.isAlive())
        .forEach(ended -> join(cluster.restart(ended), terminal));
    // After the restarts above: until then, perhaps only surplus members serve.
    while (cluster.members(service).size() > count) {
      leave(cluster.members(service).get(count), terminal);
    }
    while (cluster.members(service).size() < count) {
      join(cluster.addMember(service), terminal);
    }
  }

  private void join(MemberProcess member, Terminal terminal) {
    cluster.awaitDiscovery(member);
    terminal.print(member.plan().label() + "process " + member.pid() + " is ready.");
  }

  private void leave(MemberProcess member, Terminal terminal) {
    cluster.stop(member);
    cluster.remove(member);
    terminal.print(member.plan().label() + "process " + member.pid() + " has left.");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", Duration.ofNanos(nanos).toMillis() / 1000.0);
  }
}
