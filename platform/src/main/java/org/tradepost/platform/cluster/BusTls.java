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
 * TLS on the event bus: both ends of every connection present a certificate of one private CA.
 *
 * <p>Vert.x does not verify host names on the bus, so every holder of a certificate of that CA
 * counts as a node. The CA must sign nothing else.
 *
 * @param certificate the node's own, as PEM
 * @param key its private key, as PKCS#8 PEM
 * @param ca the CA certificates that other nodes' certificates are signed with, as PEM
 */
record BusTls(Buffer certificate, Buffer key, Buffer ca) {

  private static final String CERTIFICATE = "TRADEPOST_TLS_CERTIFICATE";
  private static final String KEY = "TRADEPOST_TLS_KEY";
  private static final String CA = "TRADEPOST_TLS_CA";

  /**
   * Reads the settings: all three are set, or none.
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
        // By default, Vert.x trusts every peer and requests no client certificate.
        .setTrustAll(false)
        .setClientAuth(ClientAuth.REQUIRED);
  }

  /** Leaves out all values: one of them is a private key. */
  @Override
  public String toString() {
    return "BusTls[]";
  }
}
