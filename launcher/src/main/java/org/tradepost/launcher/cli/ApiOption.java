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
      description = "The address of Tradepost (default: http://127.0.0.1:8080).")
  private URI url = Loopback.url(8080);

  /**
   * A client of that API.
   *
   * @throws StartFailure if the URL is none of HTTP
   */
  public RestClient client() {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new StartFailure("--url must be like http://127.0.0.1:8080, not " + url);
    }
    return new RestClient(URI.create(url.toString().replaceAll("/+$", "")));
  }
}
