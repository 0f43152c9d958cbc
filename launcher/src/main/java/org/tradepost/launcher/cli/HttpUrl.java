package org.tradepost.launcher.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses an HTTP or HTTPS URL, and drops slashes at its end. */
public final class HttpUrl implements ITypeConverter<URI> {
  private static final int MAX_PORT = 65_535;

  @Override
  public URI convert(String text) {
    try {
      var url = new URI(text.replaceAll("/+$", ""));
      if (isHttp(url)) {
        return url;
      }
      throw wrong(text);
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
  }

  private static boolean isHttp(URI url) {
    var isScheme = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    return isScheme && url.getHost() != null && url.getPort() <= MAX_PORT;
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException("it must be like http://HOST:PORT, not " + text);
  }
}
