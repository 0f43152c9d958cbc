package org.tradepost.launcher.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPair;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A key pair and the certificate that goes with it.
 *
 * @param certificate names the owner of the key, in X.509
 */
record IssuedCertificate(KeyPair key, X509CertificateHolder certificate) {

  /** The private key in PEM, as PKCS #8. */
  String keyPem() throws IOException {
    return pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  /** The certificate in PEM. */
  String certificatePem() throws IOException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }
}
