package org.tradepost.launcher.cli;

import java.net.URI;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestClient;
import picocli.CommandLine.Option;

/** The option {@code --url} of commands that use the REST API of a running Tradepost. */
public final class ApiOption {
  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = HttpUrl.class,
      description = "The address of Tradepost (default: http://127.0.0.1:8080).")
  private URI url = Loopback.url(8080);

  /** A client of that API. */
  public RestClient client() {
    return new RestClient(url);
  }
}
