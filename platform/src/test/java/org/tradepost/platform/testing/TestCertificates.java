package org.tradepost.platform.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA for a test and the certificates that it signs, as PEM files in a directory. */
public final class TestCertificates {

  private final Path directory;
  private final X500Principal name;
  private final KeyPair key = newKey();
  private final Path file;

  public TestCertificates(Path directory, String name) {
    this.directory = directory;
    this.name = new X500Principal("CN=" + name);
    this.file = write(name + ".pem", "CERTIFICATE", signed(this.name, key, null));
  }

  /** The file with the certificate of the CA. */
  public Path authority() {
    return file;
  }

  /**
   * Signs a new key.
   *
   * @param subject its common name; the files are called {@code subject.pem} and {@code
   *     subject-key.pem}
   * @param host the only host name that it is valid for
   */
  public void issue(String subject, String host) {
    issue(subject, host, newKey());
  }

  /** Signs a key of any kind; see {@link #issue(String, String)}. */
  public void issue(String subject, String host, KeyPair own) {
    write(
        subject + ".pem",
        "CERTIFICATE",
        signed(
            new X500Principal("CN=" + subject), own, new GeneralName(GeneralName.dNSName, host)));
    write(subject + "-key.pem", "PRIVATE KEY", own.getPrivate().getEncoded());
  }

  private byte[] signed(X500Principal subject, KeyPair of, GeneralName host) {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(100, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            of.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
      if (host != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
      }
      return builder
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, String kind, byte[] content) {
    var text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(
                kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
    try {
      var path = Files.writeString(directory.resolve(name), text);
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
