package org.tradepost.platform.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;
import java.util.Set;
import org.tradepost.platform.config.PemFile;
import org.tradepost.platform.config.Settings;

/**
 * TLS on the event bus: both ends of every connection show a certificate of the same private CA.
 *
 * <p>Vert.x never compares host names on the bus. So whoever has a certificate of that CA is a
 * node, and the CA must sign nothing else.
 *
 * @param certificate the node's own, as PEM
 * @param key its private key, as PKCS#8 PEM
 * @param ca the certificates that others' certificates are signed by, as PEM
 */
record BusTls(Buffer certificate, Buffer key, Buffer ca) {

  private static final String CERTIFICATE = "TRADEPOST_TLS_CERTIFICATE";
  private static final String KEY = "TRADEPOST_TLS_KEY";
  private static final String CA = "TRADEPOST_TLS_CA";

  /**
   * Reads the settings, of which all three are set or none.
   *
   * @throws Settings.WrongSetting naming the first that is missing or wrong
   */
  static Optional<BusTls> from(Settings settings) {
    if (!settings.areSet(CERTIFICATE, KEY, CA)) {
      return Optional.empty();
    }
    var certificate = PemFile.of(settings, CERTIFICATE);
    var key = PemFile.of(settings, KEY);
    var ca = PemFile.of(settings, CA);
    var own = certificate.certificates().get(0);
    certificate.requireValidNow(own);
    if (ca.certificates().stream().noneMatch(issuer -> PemFile.isSignedBy(own, issuer))) {
      throw new Settings.WrongSetting(CERTIFICATE, "is not signed by " + CA);
    }
    if (!key.isKeyOf(own)) {
      throw new Settings.WrongSetting(KEY, "does not belong to " + CERTIFICATE);
    }
    return Optional.of(new BusTls(certificate.bytes(), key.bytes(), ca.bytes()));
  }

  void applyTo(EventBusOptions options) {
    options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key))
        .setTrustOptions(new PemTrustOptions().addCertValue(ca))
        // What Vert.x would do otherwise: trust everybody, and ask clients for nothing.
        .setTrustAll(false)
        .setClientAuth(ClientAuth.REQUIRED);
  }

  /** Names nothing: one of them is a private key. */
  @Override
  public String toString() {
    return "BusTls[]";
  }
}
