package org.tradepost.launcher.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A key pair and the certificate that goes with it.
 *
 * @param certificate the X.509 certificate, which names the owner of the key
 */
record IssuedCertificate(KeyPair key, X509CertificateHolder certificate) {

  /**
   * Reads what {@link #certificatePem} and {@link #keyPem} returned. The key pair has no public
   * key; the certificate has it.
   */
  static IssuedCertificate read(Path certificate, Path key) throws IOException {
    try {
      return new IssuedCertificate(
          new KeyPair(
              null,
              KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content(key)))),
          new X509CertificateHolder(content(certificate)));
    } catch (GeneralSecurityException e) {
      throw new IOException(key + " is not the private key of a CA", e);
    }
  }

  private static byte[] content(Path file) throws IOException {
    try (var reader = new PemReader(Files.newBufferedReader(file))) {
      var pem = reader.readPemObject();
      if (pem == null) {
        throw new IOException(file + " has no content in PEM");
      }
      return pem.getContent();
    }
  }

  /** The private key in PEM, as PKCS #8. */
  String keyPem() throws IOException {
    return pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  /** The certificate in PEM. */
  String certificatePem() throws IOException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String type, byte[] content) throws IOException {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }
}
