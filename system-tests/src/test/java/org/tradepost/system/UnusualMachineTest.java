package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.SecretScan;

/** Machines unlike those of the developers: other languages, paths and networks. */
@Tag("system")
class UnusualMachineTest {

  @TempDir Path directory;

  @Test
  void serves_in_an_odd_path_without_a_temporary_directory_where_digits_are_others()
      throws IOException {
    var data = directory.resolve("100% of 'a'; {b} #1 & (c) %d %i ~!" + accent());
    try (var up =
        new UpProcess(
            List.of(),
            List.of("-Duser.language=fa", "-Duser.country=IR", "-Djava.io.tmpdir=/nowhere"),
            List.of("--data", data.toString()))) {
      up.awaitUp();
      assertThat(up.demo()).contains("Everything went as expected.");
      assertThat(up.output()).contains(data + "/tradepost.log").contains("started in");
      assertThat(up.output().replace(data.toString(), "")).matches("\\p{ASCII}+");
    }
    assertThat(data.resolve("tradepost.log")).isNotEmptyFile().satisfies(SecretScan::requireNoneIn);
  }

  @Test
  void what_libraries_say_is_in_english() {
    var nobody = "postgresql://" + Loopback.hostAndPort(FreePorts.one()) + "/nothing";
    var settings = new HashMap<String, String>();
    for (var service : List.of("ORDER", "PRODUCT")) {
      settings.put("TRADEPOST_" + service + "_DATABASE_URL", nobody);
      settings.put("TRADEPOST_" + service + "_DATABASE_USER", "x");
      settings.put("TRADEPOST_" + service + "_DATABASE_PASSWORD", "x");
    }
    assertThat(ServiceProcess.output("launcher", settings, "audit"))
        .contains(nobody + "): Connection to " + HostName.beforePort(Loopback.ADDRESS) + ":")
        .contains(" refused.");
  }

  @Test
  void serves_where_there_is_no_ipv4() throws IOException {
    assumeThat(TwoHosts.arePossible())
        .as("network namespaces, which take Linux, iproute2 and root")
        .isTrue();
    var hosts = Files.writeString(directory.resolve("hosts"), "::1 localhost\n");
    try (var network = new Ipv6Network();
        var up =
            new UpProcess(
                network.command(),
                List.of("-Djdk.net.hosts.file=" + hosts),
                List.of(
                    "--host", "[::1]", "--empty", "--data", directory.resolve("d").toString()))) {
      up.awaitUp();
      assertThat(up.output()).contains("http://[::1]:" + up.port() + "/v1");
      assertThat(up.run("status", "--data", directory.resolve("d").toString())).contains("[::1]:");
    }
  }

  /** Characters with accents; none where the JVM cannot use them in the name of a file. */
  private static String accent() {
    return "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? " é ü" : "";
  }
}
