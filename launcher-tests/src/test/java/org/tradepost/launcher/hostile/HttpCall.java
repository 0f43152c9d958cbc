package org.tradepost.launcher.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request as it is written to the connection; headers may repeat. */
final class HttpCall {
  private static final int SHOWN = 1_200;

  String method;
  String target;
  final List<Map.Entry<String, String>> headers = new ArrayList<>();
  byte[] body = {};

  HttpCall(String method, String target) {
    this.method = method;
    this.target = target;
  }

  void add(String name, String value) {
    headers.add(Map.entry(name, value));
  }

  void set(String name, String value) {
    remove(name);
    add(name, value);
  }

  void remove(String name) {
    headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
  }

  /** The path, without its query. */
  String path() {
    var query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private String head() {
    var head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nhost: localhost\r\n");
    headers.forEach(
        header ->
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    if (body.length > 0) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  @Override
  public String toString() {
    var text = head() + new String(body, StandardCharsets.UTF_8);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
  }
}
