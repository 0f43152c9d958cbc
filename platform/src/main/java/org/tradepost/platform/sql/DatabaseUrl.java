package org.tradepost.platform.sql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Settings;

/**
 * Where a database is and how it is reached, as one URL: {@code
 * postgresql://host:5432,other:5432/name?sslmode=verify-full&sslrootcert=ca.pem}.
 *
 * @param hosts at least one, tried in turn
 * @param name the database on that server
 * @param tls whether and how connections are encrypted
 * @param writable whether servers that accept no writes are skipped
 * @param connectSeconds after which an attempt to connect is given up
 */
public record DatabaseUrl(
    List<Host> hosts, String name, DatabaseTls tls, boolean writable, int connectSeconds) {

  private static final int DEFAULT_PORT = 5432;
  private static final int DEFAULT_CONNECT_SECONDS = 3;
  private static final Pattern URL =
      Pattern.compile("postgresql://([^/?#@]+)/([^/?#]+)(?:\\?([^#]*))?");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]\\s]+))(?::(\\d{1,5}))?");

  /** Where a server listens. */
  public record Host(String name, int port) {

    @Override
    public String toString() {
      return HostName.beforePort(name) + ":" + port;
    }
  }

  public DatabaseUrl {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads a URL.
   *
   * @param setting the name of the setting that holds the URL, for error messages
   * @throws Settings.WrongSetting saying what is wrong with it
   */
  public static DatabaseUrl of(String setting, String url) {
    var parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new Settings.WrongSetting(
          setting, "must look like postgresql://host:5432/name, without a user or a password");
    }
    var parameters = new Parameters(setting, parts.group(3));
    var read =
        new DatabaseUrl(
            Arrays.stream(parts.group(1).split(",", -1)).map(host -> host(setting, host)).toList(),
            decoded(setting, parts.group(2)),
            DatabaseTls.of(setting, parameters::take),
            parameters.oneOf("target_session_attrs", "any", "read-write").equals("read-write"),
            parameters.seconds("connect_timeout", DEFAULT_CONNECT_SECONDS));
    parameters.requireNoOther();
    return read;
  }

  private static Host host(String setting, String text) {
    var host = HOST.matcher(text);
    if (!host.matches()) {
      throw new Settings.WrongSetting(setting, "has an invalid host: " + text);
    }
    var port = host.group(3) == null ? DEFAULT_PORT : Integer.parseInt(host.group(3));
    if (port < 1 || port > 65_535) {
      throw new Settings.WrongSetting(setting, "has an invalid port: " + text);
    }
    return new Host(host.group(1) == null ? host.group(2) : host.group(1), port);
  }

  private static String decoded(String setting, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Settings.WrongSetting(
          setting, "has a % that is not followed by two hexadecimal digits");
    }
  }

  /** The same as a JDBC URL. */
  public String jdbcUrl() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("connectTimeout", Integer.toString(connectSeconds));
    parameters.put("loginTimeout", Integer.toString(hosts.size() * connectSeconds));
    parameters.put("tcpKeepAlive", "true");
    if (writable) {
      parameters.put("targetServerType", "primary");
    }
    parameters.putAll(tls.jdbcParameters());
    return "jdbc:postgresql://%s/%s?%s"
        .formatted(
            String.join(",", hosts.stream().map(Host::toString).toList()),
            encoded(name),
            String.join(
                "&",
                parameters.entrySet().stream()
                    .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                    .toList()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The query parameters; each is taken once. */
  private static final class Parameters {

    private final String setting;
    private final Map<String, String> values = new LinkedHashMap<>();

    Parameters(String setting, String query) {
      this.setting = setting;
      for (var one : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
        var equals = one.indexOf('=');
        if (equals < 1
            || values.put(one.substring(0, equals), decoded(setting, one.substring(equals + 1)))
                != null) {
          throw new Settings.WrongSetting(
              setting, "has a parameter without a value, or twice: " + one);
        }
      }
    }

    Optional<String> take(String name) {
      return Optional.ofNullable(values.remove(name));
    }

    /** Takes a parameter; the first allowed value is the default. */
    String oneOf(String name, String... allowed) {
      var value = take(name).orElse(allowed[0]);
      if (!List.of(allowed).contains(value)) {
        throw new Settings.WrongSetting(
            setting,
            "has %s=%s, which must be one of %s"
                .formatted(name, value, String.join(", ", allowed)));
      }
      return value;
    }

    int seconds(String name, int defaultValue) {
      var value = take(name).orElse(Integer.toString(defaultValue));
      if (!value.matches("[1-9]\\d?")) {
        throw new Settings.WrongSetting(
            setting, "has %s=%s, which must be 1 to 99 seconds".formatted(name, value));
      }
      return Integer.parseInt(value);
    }

    void requireNoOther() {
      if (!values.isEmpty()) {
        throw new Settings.WrongSetting(
            setting, "has an unknown parameter: " + values.keySet().iterator().next());
      }
    }
  }
}
