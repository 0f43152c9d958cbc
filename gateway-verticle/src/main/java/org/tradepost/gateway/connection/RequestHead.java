package org.tradepost.gateway.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;

/** Checks request heads beyond the grammar of HTTP/1.1 (RFC 9112, 2.3, 3.2 and 6.1). */
public final class RequestHead {

  /** The path that replaces the {@code *} of {@code OPTIONS *}, which is about the whole server. */
  private static final String WHOLE_SERVER = "/*";

  /** A name, an address or an IPv6 address in brackets, with or without a port. */
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=-]*)(?::\\d{0,5})?");

  private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://[^/?#]+(?:[/?].*)?");

  /** The last valid host: most requests name the same one, and matching a pattern takes time. */
  private static volatile String lastValidHost = "";

  private static final String CHUNKED = "chunked";

  private RequestHead() {}

  /**
   * Checks a request that was decoded without error, and normalizes it.
   *
   * @throws ServiceException saying why it cannot be served
   */
  static void accept(HttpRequest request) {
    var version = request.protocolVersion();
    if (!isSupported(version)) {
      throw new ServiceException(HttpError.HTTP_VERSION_NOT_SUPPORTED);
    }
    var hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1 && !(hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_0))) {
      throw invalid("header", "/Host", "there must be one Host");
    }
    if (!hosts.isEmpty() && !isValidHost(hosts.get(0))) {
      throw invalid("header", "/Host", "the Host is not well-formed");
    }
    if (request.method().equals(HttpMethod.CONNECT)) {
      throw new ServiceException(HttpError.NOT_IMPLEMENTED, "The method CONNECT is not supported");
    }
    if (!isValidTarget(request)) {
      throw invalid("path", "", "the target of the request is not well-formed");
    }
    checkTransferCoding(request);
    normalize(request);
  }

  private static boolean isValidHost(String host) {
    if (host.equals(lastValidHost)) {
      return true;
    }
    var matches = HOST.matcher(host).matches();
    if (matches) {
      lastValidHost = host;
    }
    return matches;
  }

  /** Netty uses these two objects only if the protocol name is in capitals. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSupported(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
  }

  private static ServiceException invalid(String in, String pointer, String detail) {
    return ServiceException.invalid(new FieldError(in, pointer, detail));
  }

  private static boolean isValidTarget(HttpRequest request) {
    var target = request.uri();
    return target.startsWith("/")
        || (target.equals("*")
            ? request.method().equals(HttpMethod.OPTIONS)
            : ABSOLUTE.matcher(target).matches());
  }

  /** Checks that the body has no transfer coding except a single {@code chunked}. */
  private static void checkTransferCoding(HttpRequest request) {
    var codings = list(request, HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.stream().filter(CHUNKED::equals).count() > 1) {
      throw invalid("header", "/Transfer-Encoding", "the body is chunked more than once");
    }
    if (codings.stream().anyMatch(coding -> !coding.equals(CHUNKED))) {
      throw new ServiceException(
          HttpError.NOT_IMPLEMENTED, "No Transfer-Encoding but chunked is supported");
    }
    if (!codings.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      throw invalid("header", "/Transfer-Encoding", "HTTP/1.0 has no Transfer-Encoding");
    }
  }

  /** Replaces equivalent forms by the one that the later handlers understand. */
  private static void normalize(HttpRequest request) {
    var connection = list(request, HttpHeaderNames.CONNECTION);
    if (connection.contains(HttpHeaderValues.CLOSE.toString())) {
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (connection.contains(HttpHeaderValues.KEEP_ALIVE.toString())) {
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    if (request.uri().equals("*")) {
      request.setUri(WHOLE_SERVER);
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      // RFC 9110, 10.1.1: a client of that version does not understand interim responses.
      request.headers().remove(HttpHeaderNames.EXPECT);
    }
  }

  /** Whether the request was {@code OPTIONS *}. */
  public static boolean isAboutWholeServer(HttpServerRequest request) {
    return WHOLE_SERVER.equals(request.uri())
        && request.method().equals(io.vertx.core.http.HttpMethod.OPTIONS);
  }

  /** Returns the members of a list header field, on any number of lines, in lower case. */
  private static List<String> list(HttpRequest request, CharSequence name) {
    // Most requests do not have the field.
    return request.headers().contains(name)
        ? request.headers().getAll(name).stream()
            .flatMap(line -> Stream.of(line.split(",")))
            .map(member -> member.strip().toLowerCase(Locale.ROOT))
            .filter(member -> !member.isEmpty())
            .toList()
        : List.of();
  }
}
