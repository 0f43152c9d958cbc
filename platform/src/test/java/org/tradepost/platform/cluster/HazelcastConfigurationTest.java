package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;

/** How settings become the configuration of {@code cluster.xml}. */
class HazelcastConfigurationTest {

  @Test
  void a_node_listens_for_members_alone_and_on_one_address() {
    var network = network(Map.of("TRADEPOST_HOST", "10.0.1.7", "TRADEPOST_CLUSTER_PORT", "5800"));
    assertThat(network.isEnabled()).isTrue();
    assertThat(network.getEndpointConfigs()).containsOnlyKeys(EndpointQualifier.MEMBER);
    var endpoint = endpoint(network);
    assertThat(endpoint.getPort()).isEqualTo(5800);
    assertThat(endpoint.isPortAutoIncrement()).isFalse();
    assertThat(endpoint.getInterfaces().isEnabled()).isTrue();
    assertThat(endpoint.getInterfaces().getInterfaces()).containsExactly("10.0.1.7");
    assertThat(endpoint.getPublicAddress()).isNull();
  }

  @Test
  void an_address_of_ipv6_is_taken_with_brackets_or_without() {
    for (var host : new String[] {"2001:db8::7", "[2001:db8::7]"}) {
      var config =
          config(
              Map.of(
                  "TRADEPOST_HOST", host,
                  "TRADEPOST_PUBLIC_HOST", "[2001:db8::8]",
                  "TRADEPOST_EVENTBUS_PORT", "5801",
                  "TRADEPOST_CLUSTER_PORT", "5800"));
      assertThat(config.getProperty("hazelcast.prefer.ipv4.stack")).isEqualTo("false");
      var endpoint = endpoint(config.getAdvancedNetworkConfig());
      assertThat(endpoint.getInterfaces().getInterfaces()).containsExactly("2001:db8::7");
      assertThat(endpoint.getPublicAddress()).isEqualTo("[2001:db8::8]:5800");
    }
  }

  @Test
  void port_0_is_the_first_free_one() {
    var endpoint = endpoint(network(Map.of("TRADEPOST_CLUSTER_PORT", "0")));
    assertThat(endpoint.getPort()).isEqualTo(5701);
    assertThat(endpoint.isPortAutoIncrement()).isTrue();
  }

  @Test
  void others_are_looked_for_where_the_members_say_and_nowhere_else() {
    var join = network(Map.of("TRADEPOST_CLUSTER_MEMBERS", "a:5701, b:5702")).getJoin();
    assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
    assertThat(join.getTcpIpConfig().getMembers()).containsExactly("a:5701", "b:5702");
    assertThat(join.getKubernetesConfig().isEnabled()).isFalse();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.isAutoDetectionEnabled()).isFalse();
  }

  @Test
  void others_are_looked_for_by_the_dns_of_kubernetes() {
    var join =
        network(
                Map.of(
                    "TRADEPOST_CLUSTER_KUBERNETES_DNS", "nodes.shop.svc.cluster.local",
                    "TRADEPOST_CLUSTER_PORT", "5800"))
            .getJoin();
    assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
    assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
    assertThat(join.getKubernetesConfig().getProperties())
        .containsEntry("service-dns", "nodes.shop.svc.cluster.local")
        .containsEntry("service-port", "5800");
    join.verify();
  }

  @Test
  void members_and_dns_exclude_each_other() {
    assertThatThrownBy(
            () ->
                config(
                    Map.of(
                        "TRADEPOST_CLUSTER_KUBERNETES_DNS", "nodes",
                        "TRADEPOST_CLUSTER_MEMBERS", "a:5701")))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessage(
            "TRADEPOST_CLUSTER_KUBERNETES_DNS and TRADEPOST_CLUSTER_MEMBERS exclude each other:"
                + " set one of them");
  }

  @Test
  void a_public_host_takes_ports_that_are_known() {
    var settings = new HashMap<String, String>();
    settings.put("TRADEPOST_PUBLIC_HOST", "node.example");
    settings.put("TRADEPOST_CLUSTER_PORT", "5800");
    assertThatThrownBy(() -> config(settings)).hasMessageContaining("TRADEPOST_EVENTBUS_PORT must");
    settings.put("TRADEPOST_EVENTBUS_PORT", "5900");
    assertThat(endpoint(network(settings)).getPublicAddress()).isEqualTo("node.example:5800");
    var bus = NodeConfig.from(settings(settings)).eventBus().options();
    assertThat(bus.getHost()).isEqualTo(Loopback.ADDRESS);
    assertThat(bus.getClusterPublicHost()).isEqualTo("node.example");
    assertThat(bus.getPort()).isEqualTo(5900);
  }

  @Test
  void a_member_carries_its_name_and_its_services() {
    var node =
        NodeConfig.from(settings(Map.of("TRADEPOST_NODE_NAME", "order-1")), "order", "product");
    assertThat(HazelcastConfiguration.of(node).getMemberAttributeConfig().getAttributes())
        .containsEntry("tradepost.name", "order-1")
        .containsEntry("tradepost.services", "order,product");
  }

  private static ServerSocketEndpointConfig endpoint(AdvancedNetworkConfig network) {
    return (ServerSocketEndpointConfig) network.getEndpointConfigs().get(EndpointQualifier.MEMBER);
  }

  private static AdvancedNetworkConfig network(Map<String, String> settings) {
    return config(settings).getAdvancedNetworkConfig();
  }

  private static Config config(Map<String, String> settings) {
    return HazelcastConfiguration.of(NodeConfig.from(settings(settings)));
  }

  private static Settings settings(Map<String, String> own) {
    var settings = new HashMap<>(own);
    settings.put("TRADEPOST_CLUSTER_SECRET", "a secret for tests, 32 characters and more");
    return Settings.of(settings);
  }
}
