package org.tradepost.gateway.console;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.tradepost.platform.config.Settings;

/**
 * Where the console is served, and what it links to.
 *
 * @param enabled whether it is served at all
 * @param port its own port, if it has one; then it is not served on the port of the API
 * @param traceUrl the URL of a trace, with {@code {trace}} in place of its id
 * @param controlSocket the socket on which the supervisor of a local cluster accepts commands
 */
public record ConsoleConfig(
    boolean enabled, OptionalInt port, Optional<String> traceUrl, Optional<Path> controlSocket) {

  /** The setting that says where the console is served. */
  public static final String SETTING = "TRADEPOST_CONSOLE";

  private static final String TRACE_URL = "TRADEPOST_CONSOLE_TRACE_URL";
  private static final String CONTROL_SOCKET = "TRADEPOST_CONTROL_SOCKET";
  private static final String TRACE = "{trace}";
  private static final int MAX_PORT = 65_535;

  /**
   * Reads the settings of the console.
   *
   * @throws Settings.WrongSetting naming the first invalid setting
   */
  public static ConsoleConfig from(Settings settings) {
    var where = settings.text(SETTING, "on");
    var ownPort =
        where.equals("on") || where.equals("off")
            ? OptionalInt.empty()
            : OptionalInt.of(settings.integer(SETTING, 0, 1, MAX_PORT));
    return new ConsoleConfig(
        !where.equals("off"), ownPort, traceUrl(settings), controlSocket(settings));
  }

  private static Optional<Path> controlSocket(Settings settings) {
    return Optional.of(settings.text(CONTROL_SOCKET, ""))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  private static Optional<String> traceUrl(Settings settings) {
    var url = settings.text(TRACE_URL, "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.contains(TRACE) || !isWeb(url.replace(TRACE, "0"))) {
      throw new Settings.WrongSetting(
          TRACE_URL, "must be an http or https URL with " + TRACE + " in place of the trace's id");
    }
    return Optional.of(url);
  }

  private static boolean isWeb(String url) {
    try {
      var scheme = URI.create(url).getScheme();
      return "http".equals(scheme) || "https".equals(scheme);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
