package org.tradepost.launcher.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestResponse;

/**
 * A persistent HTTP/1.1 connection that sends any bytes, and reconnects after the server closed it.
 */
final class HttpWire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 40_000;
  private static final String EVENT_STREAM = "text/event-stream";

  private final int port;
  private Socket socket;
  private InputStream in;

  HttpWire(int port) {
    this.port = port;
  }

  /**
   * Sends {@code call} and reads the response.
   *
   * @throws IOException if the connection ends before a complete response, or none arrives in 40 s
   */
  RestResponse send(HttpCall call) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getByName(Loopback.ADDRESS), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    try {
      socket.getOutputStream().write(call.bytes());
    } catch (IOException closedEarly) {
      // The server may have responded before it read everything.
    }
    try {
      var answer = read(call.method);
      if (endsHere(answer)) {
        close();
      }
      return answer;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static boolean endsHere(RestResponse answer) {
    return answer.header("connection").equalsIgnoreCase("close")
        || answer.header("content-type").startsWith(EVENT_STREAM);
  }

  private RestResponse read(String method) throws IOException {
    while (true) {
      var status = line().split(" ", 3);
      if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
        throw new IOException("no status line: " + String.join(" ", status));
      }
      var code = Integer.parseInt(status[1]);
      var headers = headers();
      if (code >= 200) {
        var body = new String(body(method, code, headers), StandardCharsets.UTF_8);
        return new RestResponse(code, HttpHeaders.of(headers, (name, value) -> true), body);
      }
    }
  }

  private Map<String, List<String>> headers() throws IOException {
    var headers = new TreeMap<String, List<String>>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers
          .computeIfAbsent(name, first -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(String method, int status, Map<String, List<String>> headers)
      throws IOException {
    var type = String.join("", headers.getOrDefault("content-type", List.of()));
    if (method.equals("HEAD") || status == 204 || status == 304 || type.startsWith(EVENT_STREAM)) {
      return new byte[0];
    }
    if (headers.containsKey("transfer-encoding")) {
      return chunks();
    }
    return exactly(Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0)));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (var size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection was closed within the body");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection was closed after: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
