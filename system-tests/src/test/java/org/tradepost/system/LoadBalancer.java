package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;

/** HAProxy in front of gateways, which it asks every 500 ms whether they are ready. */
final class LoadBalancer implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      global
        maxconn 4000
      defaults
        mode http
        timeout connect 500ms
        timeout check 500ms
        timeout client 15s
        timeout server 15s
        option redispatch 1
      frontend shop
        bind %s
        default_backend gateways
      backend gateways
        balance roundrobin
        option httpchk GET /health/ready
        default-server check inter 500ms fall 2 rise 2
      %s
      """;

  private final int port = FreePorts.one();
  private final Process process;

  /** Whether this machine has HAProxy. */
  static boolean isInstalled() {
    try {
      return haproxy("-v").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  LoadBalancer(List<ServiceProcess> gateways) {
    try {
      var file = Files.createTempFile(Path.of("target"), "haproxy", ".cfg");
      var servers = gateways.stream().map(LoadBalancer::server).collect(Collectors.joining("\n"));
      Files.writeString(
          file, String.format(Locale.ROOT, CONFIGURATION, Loopback.hostAndPort(port), servers));
      process =
          haproxy("-db", "-f", file.toString())
              .redirectOutput(new File("target", "haproxy.log"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().failFast("HAProxy ended", () -> !process.isAlive()).until(this::listens);
  }

  private static ProcessBuilder haproxy(String... arguments) {
    var builder = new ProcessBuilder("haproxy").redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    return builder;
  }

  private static String server(ServiceProcess gateway) {
    var address = URI.create(gateway.url("TRADEPOST_HTTP_PORT")).getAuthority();
    var management = gateway.settings.get("TRADEPOST_MANAGEMENT_PORT");
    return "  server %s %s port %s".formatted(gateway.name, address, management);
  }

  private boolean listens() {
    try (var socket = new Socket(InetAddress.getByName(Loopback.ADDRESS), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String url() {
    return Loopback.url(port).toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
