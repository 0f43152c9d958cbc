package org.tradepost.launcher.certificates;

import org.bouncycastle.asn1.x509.GeneralName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name or address of a host to its form in a certificate; looks up no name. */
final class HostConverter implements ITypeConverter<GeneralName> {
  @Override
  public GeneralName convert(String host) {
    try {
      return nameOf(host);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          host + " is neither the name nor the address of a host; a port is not part of either");
    }
  }

  /** An address has only digits and dots, or a colon; everything else is a name. */
  static GeneralName nameOf(String host) {
    if (host.matches("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
      return new GeneralName(GeneralName.iPAddress, host);
    }
    if (!host.matches("[A-Za-z0-9_.*-]+")) {
      throw new IllegalArgumentException(host);
    }
    return new GeneralName(GeneralName.dNSName, host);
  }
}
