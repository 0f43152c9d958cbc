package org.tradepost.launcher.certificates;

import org.bouncycastle.asn1.x509.GeneralName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes what a certificate has for a host out of its name or address; no name is looked up. */
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

  /** An address is made of digits, dots and colons; everything else is a name. */
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
