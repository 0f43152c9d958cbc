package org.tradepost.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tradepost.platform.description.ApiDescription;

/** API descriptions for tests, in which each path is a GET. */
public final class TestDescription {

  private final JsonObject paths = new JsonObject();
  private final JsonObject schemas = new JsonObject();
  private final String service;
  private final String version;

  private TestDescription(String service, String version) {
    this.service = service;
    this.version = version;
  }

  public static TestDescription of(String service, String version) {
    return new TestDescription(service, version);
  }

  /** Adds a path that is served at {@code <service>.v1.<verb>}. */
  public TestDescription path(String path, String verb) {
    return path(path, service + ".v1." + verb, service + "-" + verb);
  }

  /** Adds a path with a query parameter. */
  public TestDescription query(String path, String verb, String parameter) {
    path(path, verb);
    paths
        .getJsonObject(path)
        .getJsonObject("get")
        .getJsonArray("parameters")
        .add(
            new JsonObject()
                .put("name", parameter)
                .put("in", "query")
                .put("schema", new JsonObject().put("type", "string")));
    return this;
  }

  public TestDescription path(String path, String address, String operationId) {
    var parameters = new JsonArray();
    for (var segment : path.split("/")) {
      if (segment.startsWith("{")) {
        parameters.add(
            new JsonObject()
                .put("name", segment.substring(1, segment.length() - 1))
                .put("in", "path")
                .put("required", true)
                .put("schema", new JsonObject().put("type", "string")));
      }
    }
    var operation =
        new JsonObject()
            .put("operationId", operationId)
            .put("x-operation", address)
            .put("parameters", parameters)
            .put(
                "responses",
                new JsonObject()
                    .put(
                        "200",
                        new JsonObject()
                            .put("description", "Said.")
                            .put(
                                "content",
                                new JsonObject().put("application/json", new JsonObject()))));
    paths.put(path, new JsonObject().put("get", operation));
    return this;
  }

  public TestDescription schema(String name, String type) {
    schemas.put(name, new JsonObject().put("type", type));
    return this;
  }

  public ApiDescription build() {
    return ApiDescription.read(
        new JsonObject()
            .put("openapi", "3.1.0")
            .put("x-service", service)
            .put("info", new JsonObject().put("title", service).put("version", version))
            .put("paths", paths)
            .put("components", new JsonObject().put("schemas", schemas))
            .toBuffer());
  }
}
