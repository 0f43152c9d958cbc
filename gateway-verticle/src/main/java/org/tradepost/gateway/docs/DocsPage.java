package org.tradepost.gateway.docs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.gateway.http.Document;
import org.tradepost.gateway.http.Problems;

/** The page at {@code /docs}: Swagger UI from its jar, with nothing from other hosts. */
public final class DocsPage {

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** The files of Swagger UI that the page needs; nothing else in its jar is served. */
  private static final Map<String, String> ASSETS =
      Map.of(
          "swagger-ui-bundle.js", SCRIPT,
          "swagger-ui.css", "text/css; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final Vertx vertx;
  private final String version = swaggerVersion();
  private final String assetPath = "/docs/assets/" + version + "/";
  private final Document index;
  private final Document start;
  private final Map<String, Future<Document>> assets = new ConcurrentHashMap<>();

  public DocsPage(Vertx vertx) {
    this.vertx = vertx;
    this.index = Document.html(read("/docs/index.html").toString().replace("{assets}/", assetPath));
    this.start = Document.of(SCRIPT, read("/docs/start.js"));
  }

  Document index() {
    return index;
  }

  Document start() {
    return start;
  }

  /** Returns a file of Swagger UI by its path here; it is read and compressed on first use. */
  Future<Document> asset(String path) {
    var name = path.startsWith(assetPath) ? path.substring(assetPath.length()) : "";
    if (!ASSETS.containsKey(name)) {
      return Future.failedFuture(Problems.nothingAtPath());
    }
    return CallerContext.runOnCaller(
        vertx, assets.computeIfAbsent(name, key -> vertx.executeBlocking(() -> readAsset(name))));
  }

  private Document readAsset(String name) {
    var bytes = read("/META-INF/resources/webjars/swagger-ui/" + version + "/" + name);
    var asset = Document.of(ASSETS.get(name), bytes);
    return asset.type().startsWith("image") ? asset : asset.compressed();
  }

  private static String swaggerVersion() {
    var properties = new Properties();
    try (InputStream in =
        DocsPage.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static Buffer read(String resource) {
    try (InputStream in = DocsPage.class.getResourceAsStream(resource)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
