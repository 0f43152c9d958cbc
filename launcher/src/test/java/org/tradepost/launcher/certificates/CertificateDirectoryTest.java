package org.tradepost.launcher.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.config.Settings.WrongSetting;

class CertificateDirectoryTest {
  @TempDir Path directory;

  private CertificateDirectory certificates;

  @BeforeEach
  void make() {
    certificates = made("ours");
  }

  @Test
  void names_the_hosts_and_is_signed_by_the_ca() throws Exception {
    var order = read(certificates.certificate("order"));
    order.verify(read(certificates.certificate("ca")).getPublicKey());
    assertThat(order.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(order.getSubjectAlternativeNames().stream().map(name -> name.get(1).toString()))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "order.example", "10.0.0.7");
    assertThat(order.getNotAfter().toInstant())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"order-1.internal:5701", "10.0.1", "10.0.0.1/24", "::1/64", "[::1]", "a b", ""})
  void writes_nothing_for_what_is_no_host(String host) {
    var made = directory.resolve("made");
    var usage = new StringWriter();
    var line =
        Main.commandLine(Terminal.to(new ByteArrayOutputStream())).setErr(new PrintWriter(usage));
    assertThat(line.execute("certificates", made.toString(), "--host", "ok", "--host", host))
        .isEqualTo(2);
    assertThat(usage.toString())
        .startsWith("Invalid value for option '--host'")
        .contains(host + " is neither the name nor the address of a host")
        .doesNotContain("Exception");
    assertThat(made).doesNotExist();
    assertThat(line.execute("certificates", made.toString(), "--host", "order-1.internal"))
        .isZero();
  }

  @Test
  void keeps_keys_from_others() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates.key("ca"))))
        .isEqualTo("rw-------");
  }

  @Test
  void overwrites_nothing() throws IOException {
    var before = Files.readAllBytes(certificates.key("order"));
    var printed = new ByteArrayOutputStream();
    var status =
        Main.commandLine(Terminal.to(printed))
            .execute("certificates", certificates.directory().toString());
    assertThat(status).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("already exists");
    assertThat(Files.readAllBytes(certificates.key("order"))).isEqualTo(before);
  }

  @Test
  void gets_a_certificate_of_the_same_ca_for_a_service_that_is_added() throws Exception {
    var directory = certificates.directory();
    var before = Files.readAllBytes(certificates.certificate("order"));
    new CertificateDirectory(directory, List.of("order", "reviews")).complete();
    assertThat(Files.readAllBytes(certificates.certificate("order"))).isEqualTo(before);
    var reviews = read(certificates.certificate("reviews"));
    reviews.verify(read(certificates.certificate("ca")).getPublicKey());
    assertThat(NodeConfig.from(settings("reviews", certificates, Map.of()))).isNotNull();
  }

  @Test
  void says_that_the_certificate_of_the_ca_is_empty() throws IOException {
    var ca = certificates.certificate("ca");
    Files.writeString(ca, "");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(
            new CertificateDirectory(certificates.directory(), List.of("reviews"))::complete)
        .withMessageEndingWith(" cannot be completed: " + ca + " has no content in PEM.");
  }

  @Test
  void is_taken_by_a_node() {
    assertThat(NodeConfig.from(settings("order", certificates, Map.of()))).isNotNull();
  }

  @Test
  void a_node_takes_all_three_settings_or_none() {
    assertRejected(
        Map.of("TRADEPOST_TLS_KEY", ""),
        "TRADEPOST_TLS_KEY is not set: set all of TRADEPOST_TLS_CERTIFICATE, TRADEPOST_TLS_KEY,"
            + " TRADEPOST_TLS_CA or none");
  }

  @Test
  void a_node_names_a_file_that_is_not_what_it_should_be() {
    var none = directory.resolve("none.pem");
    assertRejected(
        Map.of("TRADEPOST_TLS_CA", none.toString()),
        "TRADEPOST_TLS_CA names a file that cannot be read: " + none);
    var key = certificates.key("order");
    assertRejected(
        Map.of("TRADEPOST_TLS_CERTIFICATE", key.toString()),
        "TRADEPOST_TLS_CERTIFICATE names a file without a certificate in PEM: " + key);
    var certificate = certificates.certificate("order");
    assertRejected(
        Map.of("TRADEPOST_TLS_KEY", certificate.toString()),
        "TRADEPOST_TLS_KEY names a file without a private key in PKCS#8 PEM: " + certificate);
  }

  @Test
  void a_node_names_files_that_do_not_belong_together() {
    assertRejected(
        Map.of("TRADEPOST_TLS_KEY", certificates.key("auth").toString()),
        "TRADEPOST_TLS_KEY does not belong to TRADEPOST_TLS_CERTIFICATE");
    assertRejected(
        Map.of("TRADEPOST_TLS_CA", made("theirs").certificate("ca").toString()),
        "TRADEPOST_TLS_CERTIFICATE is not signed by TRADEPOST_TLS_CA");
  }

  private void assertRejected(Map<String, String> changed, String words) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> NodeConfig.from(settings("order", certificates, changed)))
        .withMessage(words);
  }

  private static Settings settings(
      String service, CertificateDirectory certificates, Map<String, String> changed) {
    var settings = new HashMap<>(certificates.settings(service));
    settings.put("TRADEPOST_CLUSTER_SECRET", "a secret for tests, 32 characters and more");
    settings.putAll(changed);
    return Settings.of(settings);
  }

  private CertificateDirectory made(String name) {
    var made = new CertificateDirectory(directory.resolve(name), Services.BUILT_IN.names());
    var hosts = Stream.of("order.example", "10.0.0.7").map(HostConverter::nameOf).toList();
    made.make(hosts, Duration.ofDays(1));
    return made;
  }

  private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (var stream = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
    }
  }
}
