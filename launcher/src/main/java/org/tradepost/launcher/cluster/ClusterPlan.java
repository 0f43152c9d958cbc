package org.tradepost.launcher.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tradepost.launcher.certificates.CertificateDirectory;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

/** The members of the local cluster, and the settings of each. */
final class ClusterPlan {
  private static final Duration CERTIFICATES_LIVE = Duration.ofDays(365);

  private final ClusterOptions options;
  private final OpenDataDirectory home;
  private final Databases databases;
  private final Optional<CertificateDirectory> tls;
  private final Map<String, String> common;

  ClusterPlan(ClusterOptions options, OpenDataDirectory home, Databases databases) {
    this.options = options;
    this.home = home;
    this.databases = databases;
    this.tls =
        options.tls() ? Optional.of(certificates(home.data().certificates())) : Optional.empty();
    this.common = common(home.operator(), home.secrets().cluster());
  }

  private static CertificateDirectory certificates(Path directory) {
    CertificateDirectory certificates = new CertificateDirectory(directory);
    if (!certificates.areThere()) {
      certificates.make(List.of(), CERTIFICATES_LIVE);
    }
    return certificates;
  }

  private static Map<String, String> common(Settings operator, String secret) {
    Map<String, String> settings = new HashMap<>(operator.values());
    // The file's settings are among these already, and no service needs another's password.
    settings.keySet().removeIf(name -> name.equals(Settings.FILE) || name.contains("_DATABASE_"));
    settings.keySet().removeIf(name -> name.startsWith("TRADEPOST_ADMIN_"));
    settings.put("TRADEPOST_CLUSTER_NAME", "tradepost-" + UUID.randomUUID());
    settings.put("TRADEPOST_CLUSTER_SECRET", secret);
    // Here members come and go on purpose; the launcher reports those that die.
    settings.putIfAbsent("TRADEPOST_LOG_LEVEL_CLUSTER", "ERROR");
    settings.put("TRADEPOST_HOST", Loopback.ADDRESS);
    settings.put("TRADEPOST_PUBLIC_HOST", "");
    settings.put("TRADEPOST_CLUSTER_KUBERNETES_DNS", "");
    settings.put("TRADEPOST_EVENTBUS_PORT", "0");
    settings.put("TRADEPOST_MANAGEMENT_HOST", Loopback.ADDRESS);
    return settings;
  }

  /** All members, service by service. */
  List<MemberPlan> members() {
    int total = options.total();
    List<Integer> ports = Ports.free(2 * total);
    List<Integer> clusterPorts = ports.subList(0, total);
    List<Integer> managementPorts = ports.subList(total, 2 * total);
    common.put(
        "TRADEPOST_CLUSTER_MEMBERS",
        clusterPorts.stream().map(Loopback::place).collect(Collectors.joining(",")));
    List<MemberPlan> members = new ArrayList<>();
    for (String service : Services.NAMES) {
      for (int index = 0; index < options.count(service); index++) {
        int position = members.size();
        members.add(
            member(service, index, clusterPorts.get(position), managementPorts.get(position)));
      }
    }
    return members;
  }

  /**
   * One more member of a service; it finds the others although they do not have its address.
   *
   * @param index how many there are
   */
  MemberPlan additionalMember(String service, int index) {
    if (service.equals("gateway")) {
      Ports.requireFree(Loopback.ADDRESS, options.port() + index, "--port");
    }
    List<Integer> ports = Ports.free(2);
    return member(service, index, ports.get(0), ports.get(1));
  }

  private MemberPlan member(String service, int index, int clusterPort, int managementPort) {
    Map<String, String> settings = settings(service, index);
    settings.put("TRADEPOST_CLUSTER_PORT", Integer.toString(clusterPort));
    settings.put("TRADEPOST_MANAGEMENT_PORT", Integer.toString(managementPort));
    return new MemberPlan(service, settings.get("TRADEPOST_NODE_NAME"), managementPort, settings);
  }

  private Map<String, String> settings(String service, int index) {
    Map<String, String> settings = new HashMap<>(common);
    settings.put("TRADEPOST_NODE_NAME", service + "-" + (index + 1));
    settings.putAll(databases.settingsOf(service));
    tls.ifPresent(certificates -> settings.putAll(certificates.settings(service)));
    if (service.equals("auth")) {
      home.firstStart().pending().ifPresent(admin -> settings.putAll(admin.settings()));
    }
    if (service.equals("gateway")) {
      settings.put("TRADEPOST_HTTP_HOST", Loopback.ADDRESS);
      settings.put("TRADEPOST_HTTP_PORT", Integer.toString(options.port() + index));
    }
    return settings;
  }

  /** Reports, before anything is started, that a gateway's port is not available. */
  static void requireGatewayPorts(ClusterOptions options) {
    IntStream.range(0, options.count("gateway"))
        .forEach(index -> Ports.requireFree(Loopback.ADDRESS, options.port() + index, "--port"));
  }
}
