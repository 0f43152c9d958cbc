package org.tradepost.launcher.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private CA for the event bus, which signs certificates of nodes and nothing else. */
final class CertificateAuthority {
  /** Certificates are valid from a little earlier, because clocks differ. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final X500Principal NAME = new X500Principal("CN=Tradepost event bus CA");

  private final IssuedCertificate own;

  CertificateAuthority(IssuedCertificate own) {
    this.own = own;
  }

  /**
   * Creates a CA.
   *
   * @param validity of the CA and of everything it signs, from now on
   */
  static CertificateAuthority make(Duration validity) {
    var key = newKey();
    try {
      return new CertificateAuthority(
          new IssuedCertificate(
              key,
              signed(
                  unsigned(NAME, key, Instant.now().plus(validity))
                      .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                      .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)),
                  key)));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  IssuedCertificate own() {
    return own;
  }

  /** When this CA and all its certificates expire. */
  Instant end() {
    return own.certificate().getNotAfter().toInstant();
  }

  /**
   * Issues a certificate for a node, which is both server and client of its connections.
   *
   * @param hosts the names and addresses of the node
   */
  IssuedCertificate issue(String service, Collection<GeneralName> hosts) {
    var key = newKey();
    var names = new GeneralNames(hosts.toArray(GeneralName[]::new));
    try {
      return new IssuedCertificate(
          key,
          signed(
              unsigned(new X500Principal("CN=" + service + ",O=Tradepost"), key, end())
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                  .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                  .addExtension(
                      Extension.extendedKeyUsage,
                      false,
                      new ExtendedKeyUsage(
                          new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                          }))
                  .addExtension(Extension.subjectAlternativeName, false, names),
              own.key()));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509v3CertificateBuilder unsigned(
      X500Principal subject, KeyPair key, Instant end) {
    return new JcaX509v3CertificateBuilder(
        NAME,
        new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
        Date.from(Instant.now().minus(LEEWAY)),
        Date.from(end),
        subject,
        key.getPublic());
  }

  private static X509CertificateHolder signed(X509v3CertificateBuilder builder, KeyPair signer) {
    try {
      return builder.build(
          new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
