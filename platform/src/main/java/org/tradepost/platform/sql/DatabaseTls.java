package org.tradepost.platform.sql;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tradepost.platform.config.PemFile;
import org.tradepost.platform.config.Settings;

/**
 * Whether connections to a database are encrypted, and what the server has to prove.
 *
 * @param mode as libpq defines it
 * @param authorities a PEM file with the CAs that are believed; null when none are asked for
 * @param certificate a PEM file with the certificate that the client shows; null for none
 * @param key a PEM file with its key
 */
record DatabaseTls(SslMode mode, PemFile authorities, PemFile certificate, PemFile key) {

  private static final List<SslMode> MODES =
      List.of(SslMode.DISABLE, SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL);

  /**
   * Reads the parameters of a URL.
   *
   * @param parameter gives the value of one, or null
   */
  static DatabaseTls of(String setting, UnaryOperator<String> parameter) {
    var mode = mode(setting, parameter.apply("sslmode"));
    var authorities = file(setting, parameter.apply("sslrootcert"));
    var certificate = file(setting, parameter.apply("sslcert"));
    var key = file(setting, parameter.apply("sslkey"));
    if (mode == SslMode.DISABLE && (authorities != null || certificate != null || key != null)) {
      throw new Settings.WrongSetting(setting, "has certificates, but no sslmode that uses them");
    }
    if ((mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) && authorities == null) {
      throw new Settings.WrongSetting(
          setting, "has sslmode=%s, which needs sslrootcert".formatted(mode.value));
    }
    if (authorities != null) {
      authorities.certificates();
    }
    requirePair(setting, certificate, key);
    // So does libpq: who names a CA wants it to count.
    return new DatabaseTls(
        mode == SslMode.REQUIRE && authorities != null ? SslMode.VERIFY_CA : mode,
        authorities,
        certificate,
        key);
  }

  private static SslMode mode(String setting, String value) {
    if (value == null) {
      return SslMode.DISABLE;
    }
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

  private static PemFile file(String setting, String path) {
    return path == null ? null : PemFile.read(setting, path);
  }

  private static void requirePair(String setting, PemFile certificate, PemFile key) {
    if ((certificate == null) != (key == null)) {
      throw new Settings.WrongSetting(setting, "has one of sslcert and sslkey: set both or none");
    }
    if (certificate != null && !key.isKeyOf(certificate.certificates().get(0))) {
      throw new Settings.WrongSetting(setting, "has an sslkey that is not the key of sslcert");
    }
  }

  /** Sets the like for the driver. */
  PgConnectOptions on(PgConnectOptions options) {
    if (mode == SslMode.DISABLE) {
      return options.setSslMode(mode);
    }
    var ssl = new ClientSSLOptions();
    if (authorities == null) {
      ssl.setTrustAll(true);
    } else {
      ssl.setTrustOptions(new PemTrustOptions().addCertValue(authorities.bytes()));
    }
    if (mode == SslMode.VERIFY_FULL) {
      ssl.setHostnameVerificationAlgorithm("HTTPS");
    }
    if (certificate != null) {
      ssl.setKeyCertOptions(
          new PemKeyCertOptions().addCertValue(certificate.bytes()).addKeyValue(key.bytes()));
    }
    return options.setSslMode(mode).setSslOptions(ssl);
  }

  /** The same for JDBC. */
  Map<String, String> jdbcParameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("sslmode", mode.value);
    if (authorities != null) {
      parameters.put("sslrootcert", authorities.path());
    }
    if (certificate != null) {
      parameters.put("sslcert", certificate.path());
      parameters.put("sslkey", key.path());
      parameters.put(
          "pemKeyAlgorithm", certificate.certificates().get(0).getPublicKey().getAlgorithm());
    }
    return parameters;
  }
}
