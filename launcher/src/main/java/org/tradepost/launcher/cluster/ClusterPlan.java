package org.tradepost.launcher.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tradepost.launcher.certificates.CertificateDirectory;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.ConsolePorts;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

/** The members of the local cluster, and the settings of each. */
public final class ClusterPlan {
  private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(365);

  private final ClusterOptions options;
  private final OpenDataDirectory home;
  private final Databases databases;
  private final ConsolePorts consoles;
  private final Optional<CertificateDirectory> tls;
  private final Map<String, String> common;

  public ClusterPlan(ClusterOptions options, OpenDataDirectory home, Databases databases) {
    this.options = options;
    this.home = home;
    this.databases = databases;
    this.consoles = ConsolePorts.of(home.operator());
    this.tls = options.tls() ? Optional.of(certificates()) : Optional.empty();
    this.common = common(home);
  }

  private CertificateDirectory certificates() {
    var certificates =
        new CertificateDirectory(home.data().certificates(), options.services().names());
    if (certificates.hasCa()) {
      certificates.complete();
    } else {
      certificates.make(List.of(), CERTIFICATE_VALIDITY);
    }
    return certificates;
  }

  private static Map<String, String> common(OpenDataDirectory home) {
    var settings = home.nodeSettings();
    // The settings file has been read into these, and no service needs another's password.
    settings
        .keySet()
        .removeIf(name -> name.equals(Settings.FILE) || Databases.isConnectionSetting(name));
    home.firstStart().pendingAdministrator().ifPresent(admin -> settings.putAll(admin.settings()));
    // Members come and go on purpose here, and the launcher reports those that die.
    settings.putIfAbsent("TRADEPOST_LOG_LEVEL_CLUSTER", "ERROR");
    return settings;
  }

  /** Makes the members join an existing cluster. */
  public ClusterPlan joining(String cluster, String member) {
    common.put("TRADEPOST_CLUSTER_NAME", cluster);
    common.put("TRADEPOST_CLUSTER_MEMBERS", member);
    return this;
  }

  /** All members, service by service. */
  List<MemberPlan> members() {
    var total = options.total();
    var ports = Ports.free(2 * total);
    var clusterPorts = ports.subList(0, total);
    var managementPorts = ports.subList(total, 2 * total);
    common.put(
        "TRADEPOST_CLUSTER_MEMBERS",
        clusterPorts.stream().map(Loopback::hostAndPort).collect(Collectors.joining(",")));
    var members = new ArrayList<MemberPlan>();
    for (var service : options.services().all()) {
      for (var index = 0; index < service.instances(); index++) {
        var position = members.size();
        members.add(
            member(service, index, clusterPorts.get(position), managementPorts.get(position)));
      }
    }
    return members;
  }

  /**
   * Plans one more member of a service, which finds the others although they lack its address.
   *
   * @param index how many members the service has
   */
  public MemberPlan additionalMember(ServiceDescriptor service, int index) {
    if (service.gateway()) {
      Ports.requireFree(Loopback.ADDRESS, options.port() + index, "--port");
      consoles.requireFree(Loopback.ADDRESS, index);
    }
    var ports = Ports.free(2);
    return member(service, index, ports.get(0), ports.get(1));
  }

  private MemberPlan member(
      ServiceDescriptor service, int index, int clusterPort, int managementPort) {
    var settings = settings(service, index);
    settings.put("TRADEPOST_CLUSTER_PORT", Integer.toString(clusterPort));
    settings.put("TRADEPOST_MANAGEMENT_PORT", Integer.toString(managementPort));
    var name = settings.get("TRADEPOST_NODE_NAME");
    var log = DataDirectory.memberLogs(home.data().path()).resolve(name + ".log");
    return new MemberPlan(service, name, managementPort, log, settings);
  }

  private Map<String, String> settings(ServiceDescriptor service, int index) {
    var settings = new HashMap<>(common);
    settings.put("TRADEPOST_NODE_NAME", service.name() + "-" + (index + 1));
    settings.putAll(databases.settingsOf(service));
    tls.ifPresent(certificates -> settings.putAll(certificates.settings(service.name())));
    options.services().all().stream()
        .filter(other -> !other.equals(service))
        .forEach(other -> settings.keySet().removeAll(other.ownSettings()));
    if (service.gateway()) {
      settings.put("TRADEPOST_HTTP_HOST", Loopback.ADDRESS);
      settings.put("TRADEPOST_HTTP_PORT", Integer.toString(options.port() + index));
      settings.putAll(consoles.settings(index));
      settings.put("TRADEPOST_CONTROL_SOCKET", ControlSocket.file(home.data().path()).toString());
    }
    return settings;
  }

  /** Checks, before anything is started, that the ports of all gateways are available. */
  static void requireGatewayPorts(ClusterOptions options, Settings operator) {
    var gateways = options.gateways();
    gateways.forEach(url -> Ports.requireFree(Loopback.ADDRESS, url.getPort(), "--port"));
    ConsolePorts.of(operator).requireFree(Loopback.ADDRESS, options.port(), gateways.size());
  }
}
