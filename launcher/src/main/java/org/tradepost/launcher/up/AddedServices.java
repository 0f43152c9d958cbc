package org.tradepost.launcher.up;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Readiness;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterPlan;
import org.tradepost.launcher.cluster.MemberProcess;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.startup.Announcement;
import org.tradepost.proof.rest.RestClient;

/** The services that were built elsewhere, each in its own JVMs beside this one. */
final class AddedServices {
  private final List<MemberProcess> members = new CopyOnWriteArrayList<>();

  void start(List<ServiceDescriptor> services, ClusterPlan plan, Terminal terminal) {
    for (var service : services) {
      for (var index = 0; index < service.instances(); index++) {
        members.add(MemberProcess.start(plan.additionalMember(service, index), terminal));
      }
    }
  }

  /**
   * Waits until all instances are ready and the gateway counts them.
   *
   * @param management the management port of the node with the gateway
   * @throws CommandFailure if one exits or takes too long
   */
  void awaitDiscovery(RestClient management) {
    for (var member : members) {
      member.awaitReady();
      var service = member.plan().service();
      member.awaitDiscovery(
          "The gateway",
          () -> Readiness.instances(management, service.name()) >= service.instances());
    }
  }

  void stop(Duration timeout) {
    members.forEach(MemberProcess::requestStop);
    members.forEach(member -> member.awaitEnd(timeout));
  }

  void announce(Announcement announcement) {
    members.forEach(member -> announcement.row(member.plan().name(), member.summary()));
  }
}
