package org.tradepost.launcher.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.os.PrivateFile;

/**
 * A directory with the certificates and keys for TLS on the event bus.
 *
 * @param directory where the files are
 * @param services the services that need certificates
 */
public record CertificateDirectory(Path directory, List<String> services) {
  private static final String CA = "ca";
  private static final List<GeneralName> LOCAL_NAMES =
      Stream.of("localhost", "127.0.0.1", "::1").map(HostConverter::nameOf).toList();

  /** The certificate of a service or of the CA. */
  Path certificate(String owner) {
    return directory.resolve(owner + ".pem");
  }

  /** The private key of a service or of the CA. */
  Path key(String owner) {
    return directory.resolve(owner + "-key.pem");
  }

  /** The settings that name the files of a service. */
  public Map<String, String> settings(String service) {
    return Map.of(
        "TRADEPOST_TLS_CERTIFICATE", certificate(service).toString(),
        "TRADEPOST_TLS_KEY", key(service).toString(),
        "TRADEPOST_TLS_CA", certificate(CA).toString());
  }

  /** Whether there is a CA. */
  public boolean hasCa() {
    return Files.exists(certificate(CA));
  }

  private Stream<Path> files() {
    return Stream.concat(Stream.of(CA), services.stream())
        .flatMap(owner -> Stream.of(certificate(owner), key(owner)));
  }

  /**
   * Creates a private CA and a certificate for each service.
   *
   * @param hosts the names and addresses of nodes, besides localhost
   * @return when they expire
   * @throws CommandFailure if one of the files already exists or cannot be written
   */
  public Instant make(Collection<GeneralName> hosts, Duration validity) {
    files()
        .filter(Files::exists)
        .findFirst()
        .ifPresent(
            file -> {
              throw new CommandFailure(file + " already exists; nothing was changed.");
            });
    var names = new LinkedHashSet<>(LOCAL_NAMES);
    names.addAll(hosts);
    var authority = CertificateAuthority.make(validity);
    var issued = new LinkedHashMap<String, IssuedCertificate>();
    issued.put(CA, authority.own());
    services.forEach(service -> issued.put(service, authority.issue(service, names)));
    try {
      Files.createDirectories(directory);
      PrivateFile.restrictDirectory(directory);
      for (var owner : issued.keySet()) {
        write(owner, issued.get(owner));
      }
    } catch (IOException e) {
      throw CommandFailure.of("The certificates cannot be written to " + directory, e);
    }
    return authority.end();
  }

  /**
   * Creates a certificate for each service that has none yet, signed by the CA.
   *
   * @throws CommandFailure if the CA cannot be read, or a file cannot be written
   */
  public void complete() {
    try {
      for (var service : services) {
        if (!Files.exists(certificate(service))) {
          var ca = IssuedCertificate.read(certificate(CA), key(CA));
          write(service, new CertificateAuthority(ca).issue(service, LOCAL_NAMES));
        }
      }
    } catch (IOException e) {
      throw CommandFailure.of("The certificates in " + directory + " cannot be completed", e);
    }
  }

  private void write(String owner, IssuedCertificate issued) throws IOException {
    PrivateFile.write(key(owner), issued.keyPem());
    Files.writeString(certificate(owner), issued.certificatePem());
  }
}
