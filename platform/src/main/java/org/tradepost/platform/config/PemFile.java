package org.tradepost.platform.config;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A PEM file that a setting names.
 *
 * @param setting the name of the setting, for error messages
 * @param path the path of the file
 */
public record PemFile(String setting, String path, Buffer bytes) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** The algorithms of the keys that Vert.x reads, and a signature for each. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA");

  /**
   * Reads the file.
   *
   * @throws Settings.WrongSetting when it cannot be read
   */
  public static PemFile of(Settings settings, String setting) {
    return read(setting, settings.required(setting));
  }

  /**
   * Reads a file that a part of a setting names.
   *
   * @throws Settings.WrongSetting when it cannot be read
   */
  public static PemFile read(String setting, String path) {
    try {
      return new PemFile(setting, path, Buffer.buffer(Files.readAllBytes(Path.of(path))));
    } catch (IOException | InvalidPathException e) {
      throw new Settings.WrongSetting(setting, "names a file that cannot be read: " + path);
    }
  }

  /**
   * The certificates in the file, at least one.
   *
   * @throws Settings.WrongSetting when there is none
   */
  public List<X509Certificate> certificates() {
    try {
      var all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes.getBytes()))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!all.isEmpty()) {
        return all;
      }
    } catch (CertificateException e) {
      throw wrong("names a file without a certificate in PEM: " + path);
    }
    throw wrong("names a file without a certificate in PEM: " + path);
  }

  /**
   * Checks that a certificate of this file is valid now.
   *
   * @throws Settings.WrongSetting when it is not valid now
   */
  public void requireValidNow(X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      throw wrong(
          "is valid only from %s to %s"
              .formatted(
                  certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    }
  }

  public static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Whether this file holds the private key of a certificate.
   *
   * @throws Settings.WrongSetting when it holds no private key of that kind at all, or Vert.x
   *     cannot use that kind for TLS
   */
  public boolean isKeyOf(X509Certificate certificate) {
    var found = KEY.matcher(bytes.toString(StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw wrong("names a file without a private key in PKCS#8 PEM: " + path);
    }
    var algorithm = certificate.getPublicKey().getAlgorithm();
    if (!SIGNATURES.containsKey(algorithm)) {
      throw wrong("must be an EC or RSA key, but the certificate has one for " + algorithm);
    }
    try {
      var key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
      return belongsTogether(key, certificate);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong("names a file without a private key for %s: %s".formatted(algorithm, path));
    }
  }

  /** Whether the certificate verifies what the key signs. */
  private static boolean belongsTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    var probe = "probe".getBytes(StandardCharsets.US_ASCII);
    var signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
    signature.initSign(key);
    signature.update(probe);
    var signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(probe);
    return signature.verify(signed);
  }

  private Settings.WrongSetting wrong(String fault) {
    return new Settings.WrongSetting(setting, fault);
  }
}
