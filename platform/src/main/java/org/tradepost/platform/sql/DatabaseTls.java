package org.tradepost.platform.sql;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tradepost.platform.config.PemFile;
import org.tradepost.platform.config.Settings;

/**
 * Whether connections to a database are encrypted, and what the server has to prove.
 *
 * @param mode as libpq defines it
 * @param authorities a PEM file with the trusted CAs; empty when no certificate is verified
 * @param certificate a PEM file with the client's own certificate, if it has one
 * @param key a PEM file with the key of the certificate
 */
record DatabaseTls(
    SslMode mode,
    Optional<PemFile> authorities,
    Optional<PemFile> certificate,
    Optional<PemFile> key) {

  private static final List<SslMode> MODES =
      List.of(SslMode.DISABLE, SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL);

  /**
   * Reads the parameters of a URL.
   *
   * @param parameter returns the value of a parameter by its name
   */
  static DatabaseTls of(String setting, Function<String, Optional<String>> parameter) {
    var mode = mode(setting, parameter.apply("sslmode").orElse(SslMode.DISABLE.value));
    var authorities = file(setting, parameter.apply("sslrootcert"));
    var certificate = file(setting, parameter.apply("sslcert"));
    var key = file(setting, parameter.apply("sslkey"));
    if (mode == SslMode.DISABLE
        && Stream.of(authorities, certificate, key).anyMatch(Optional::isPresent)) {
      throw new Settings.WrongSetting(setting, "has certificates, but no sslmode that uses them");
    }
    if ((mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) && authorities.isEmpty()) {
      throw new Settings.WrongSetting(
          setting, "has sslmode=%s, which needs sslrootcert".formatted(mode.value));
    }
    authorities.ifPresent(PemFile::certificates);
    requirePair(setting, certificate, key);
    // As in libpq, to name a CA means to verify against it.
    return new DatabaseTls(
        mode == SslMode.REQUIRE && authorities.isPresent() ? SslMode.VERIFY_CA : mode,
        authorities,
        certificate,
        key);
  }

  private static SslMode mode(String setting, String value) {
    return MODES.stream()
        .filter(mode -> mode.value.equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Settings.WrongSetting(
                    setting,
                    "has sslmode=%s, which must be one of disable, require, verify-ca, verify-full"
                        .formatted(value)));
  }

  private static Optional<PemFile> file(String setting, Optional<String> path) {
    return path.map(there -> PemFile.read(setting, there));
  }

  private static void requirePair(
      String setting, Optional<PemFile> certificate, Optional<PemFile> key) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new Settings.WrongSetting(setting, "has one of sslcert and sslkey: set both or none");
    }
    if (certificate.filter(own -> !key.get().isKeyOf(own.certificates().get(0))).isPresent()) {
      throw new Settings.WrongSetting(setting, "has an sslkey that is not the key of sslcert");
    }
  }

  /** Sets the driver's options accordingly. */
  PgConnectOptions on(PgConnectOptions options) {
    if (mode == SslMode.DISABLE) {
      return options.setSslMode(mode);
    }
    var ssl = new ClientSSLOptions();
    authorities.ifPresentOrElse(
        ca -> ssl.setTrustOptions(new PemTrustOptions().addCertValue(ca.bytes())),
        () -> ssl.setTrustAll(true));
    if (mode == SslMode.VERIFY_FULL) {
      ssl.setHostnameVerificationAlgorithm("HTTPS");
    }
    certificate.ifPresent(
        own ->
            ssl.setKeyCertOptions(
                new PemKeyCertOptions().addCertValue(own.bytes()).addKeyValue(key.get().bytes())));
    return options.setSslMode(mode).setSslOptions(ssl);
  }

  /** The same as parameters of a JDBC URL. */
  Map<String, String> jdbcParameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("sslmode", mode.value);
    authorities.ifPresent(ca -> parameters.put("sslrootcert", ca.path()));
    certificate.ifPresent(
        own -> {
          parameters.put("sslcert", own.path());
          parameters.put("sslkey", key.get().path());
          parameters.put(
              "pemKeyAlgorithm", own.certificates().get(0).getPublicKey().getAlgorithm());
        });
    return parameters;
  }
}
