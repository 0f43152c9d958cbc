package org.tradepost.launcher.hostile;

import static org.tradepost.launcher.hostile.HostileTexts.one;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.tradepost.launcher.contract.RestDocument;
import org.tradepost.launcher.contract.RestDocument.Endpoint;

/** Makes calls as the OpenAPI document describes them, then breaks most of them. */
final class CallGenerator {
  private static final int MAX_MUTATIONS = 3;

  /** A password hash takes as long as hundreds of other calls, so one in this many is sent. */
  private static final int OF_PASSWORDS = 20;

  private final RestDocument document;
  private final Random random;
  private final List<String> tokens;
  private final Map<String, List<String>> ids;
  private final List<Endpoint> operations;

  /**
   * @param tokens valid bearer tokens of different callers
   * @param ids existing ids, by the path segment before them: {@code orders}, {@code products}, ...
   */
  CallGenerator(
      RestDocument document, long seed, List<String> tokens, Map<String, List<String>> ids) {
    this.document = document;
    this.random = new Random(seed);
    this.tokens = tokens;
    this.ids = ids;
    this.operations = document.endpoints();
  }

  HttpCall next() {
    var endpoint = one(operations, random);
    while (hasPassword(endpoint) && random.nextInt(OF_PASSWORDS) > 0) {
      endpoint = one(operations, random);
    }
    var call = describedCall(endpoint);
    var uris = new UriMutations(random);
    var bodies = new BodyMutations(random);
    var headers = new HeaderMutations(random);
    var mutations = random.nextInt(MAX_MUTATIONS + 1);
    for (var i = 0; i < mutations; i++) {
      switch (random.nextInt(call.body.length > 0 ? 7 : 4)) {
        case 0 -> uris.mutatePath(call);
        case 1 -> uris.mutateQuery(call, names(endpoint, "query"));
        case 2 -> headers.mutate(call, names(endpoint, "header"));
        case 3 -> headers.mutateMethodOrCaller(call);
        default -> bodies.mutate(call);
      }
    }
    return call;
  }

  private boolean hasPassword(Endpoint endpoint) {
    return document
        .resolve(document.operation(endpoint).path("requestBody"))
        .toString()
        .contains("assword");
  }

  private HttpCall describedCall(Endpoint endpoint) {
    var target = new StringBuilder(path(endpoint.path()));
    var call = new HttpCall(endpoint.method().toUpperCase(Locale.ROOT), "");
    var separator = '?';
    for (var parameter : parameters(endpoint)) {
      var required = parameter.path("required").asBoolean();
      var name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("query") && (required || random.nextInt(4) == 0)) {
        target.append(separator).append(name).append('=').append(encoded(sample(parameter)));
        separator = '&';
      } else if (parameter.path("in").asText().equals("header")
          && (required || random.nextInt(2) == 0)) {
        call.add(name, header(name, parameter));
      }
    }
    call.target = target.toString();
    if (random.nextInt(8) > 0) {
      call.add("authorization", "Bearer " + one(tokens, random));
    }
    describeBody(endpoint, call);
    return call;
  }

  private String path(String template) {
    var segments = template.split("/");
    for (var i = 0; i < segments.length; i++) {
      if (segments[i].startsWith("{")) {
        var known = ids.getOrDefault(segments[i - 1], List.of());
        var unknown = known.isEmpty() || random.nextInt(4) == 0;
        segments[i] =
            unknown
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : one(known, random);
      }
    }
    return String.join("/", segments);
  }

  private String header(String name, JsonNode parameter) {
    if (name.equalsIgnoreCase("idempotency-key")) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    return sample(parameter);
  }

  private String sample(JsonNode parameter) {
    var schema = document.resolve(parameter.path("schema"));
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).asText();
    }
    if (parameter.has("example")) {
      return parameter.path("example").asText();
    }
    return switch (schema.path("type").asText() + schema.path("format").asText()) {
      case "integer", "integerint32", "integerint64" -> Integer.toString(1 + random.nextInt(100));
      case "stringuuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "stringdate-time" -> "2026-01-01T00:00:00Z";
      case "boolean" -> "true";
      default -> "lamp";
    };
  }

  private void describeBody(Endpoint endpoint, HttpCall call) {
    var content =
        document.resolve(document.operation(endpoint).path("requestBody")).path("content");
    if (content.isEmpty()) {
      return;
    }
    var type = content.fieldNames().next();
    var media = content.path(type);
    var example = media.has("example") ? media.path("example") : firstExample(media);
    call.add("content-type", type);
    call.body = example.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode firstExample(JsonNode media) {
    for (var example : media.path("examples")) {
      return document.resolve(example).path("value");
    }
    return media.path("examples");
  }

  private List<JsonNode> parameters(Endpoint endpoint) {
    var parameters = new ArrayList<JsonNode>();
    document
        .operation(endpoint)
        .path("parameters")
        .forEach(parameter -> parameters.add(document.resolve(parameter)));
    return parameters;
  }

  private List<String> names(Endpoint endpoint, String in) {
    return parameters(endpoint).stream()
        .filter(parameter -> parameter.path("in").asText().equals(in))
        .map(parameter -> parameter.path("name").asText())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
