package org.tradepost.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.platform.testing.TestCertificates;

class PemFileTest {

  @TempDir private Path directory;
  private TestCertificates ca;

  @BeforeEach
  void create() {
    ca = new TestCertificates(directory, "ca");
    ca.issue("order", "localhost");
  }

  @Test
  void a_key_belongs_to_its_own_certificate_only() throws GeneralSecurityException {
    ca.issue("product", "localhost");
    ca.issue("rsa", "localhost", KeyPairGenerator.getInstance("RSA").generateKeyPair());
    assertThat(isKeyOf("order", "order")).isTrue();
    assertThat(isKeyOf("rsa", "rsa")).isTrue();
    assertThat(isKeyOf("product", "order")).isFalse();
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(() -> isKeyOf("rsa", "order"))
        .withMessageStartingWith("KEY names a file without a private key for EC: ");
  }

  /** The JDK knows such keys, but Vert.x reads no others than EC and RSA. */
  @Test
  void a_kind_of_key_that_tls_cannot_use_is_named() throws GeneralSecurityException {
    ca.issue("ed", "localhost", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    assertThatExceptionOfType(Settings.WrongSetting.class)
        .isThrownBy(() -> isKeyOf("ed", "ed"))
        .withMessage("KEY must be an EC or RSA key, but the certificate has one for EdDSA");
  }

  private boolean isKeyOf(String key, String certificate) {
    return file(key + "-key.pem").isKeyOf(file(certificate + ".pem").certificates().get(0));
  }

  private PemFile file(String name) {
    return PemFile.read("KEY", directory.resolve(name).toString());
  }
}
