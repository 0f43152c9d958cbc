package org.tradepost.gateway.docs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.CallerContext;

/** The page at {@code /docs}: Swagger UI from its jar, nothing from elsewhere. */
public final class DocsPage {

  static final String HTML = "text/html; charset=utf-8";

  /** What the page needs of Swagger UI; nothing else of its jar is served. */
  private static final Map<String, String> ASSETS =
      Map.of(
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final Vertx vertx;
  private final String version = swaggerVersion();
  private final String assetPath = "/docs/assets/" + version + "/";
  private final Asset index;
  private final Asset start;
  private final Map<String, Future<Asset>> assets = new ConcurrentHashMap<>();

  /**
   * A file of the page.
   *
   * @param type its content type
   * @param plain its bytes
   * @param gzip its bytes compressed, null when that does not pay
   * @param etag equal for equal bytes
   */
  record Asset(String type, Buffer plain, Buffer gzip, String etag) {
    private static Asset of(String type, byte[] bytes, boolean compress) {
      return new Asset(
          type,
          Buffer.buffer(bytes),
          compress ? Buffer.buffer(zip(bytes)) : null,
          UUID.nameUUIDFromBytes(bytes).toString());
    }
  }

  public DocsPage(Vertx vertx) {
    this.vertx = vertx;
    var html = new String(read("/docs/index.html"), StandardCharsets.UTF_8);
    this.index =
        Asset.of(
            HTML, html.replace("{assets}/", assetPath).getBytes(StandardCharsets.UTF_8), false);
    this.start = Asset.of("text/javascript; charset=utf-8", read("/docs/start.js"), false);
  }

  Asset index() {
    return index;
  }

  Asset start() {
    return start;
  }

  /** A file of Swagger UI, by its path here; read and compressed when it is first asked for. */
  Future<Asset> asset(String path) {
    var name = path.startsWith(assetPath) ? path.substring(assetPath.length()) : "";
    var type = ASSETS.get(name);
    if (type == null) {
      return Future.failedFuture(
          new ServiceException(CommonError.NOT_FOUND, "There is nothing at this path"));
    }
    var resource = "/META-INF/resources/webjars/swagger-ui/" + version + "/" + name;
    return CallerContext.runOnCaller(
        vertx,
        assets.computeIfAbsent(
            name,
            key ->
                vertx.executeBlocking(
                    () -> Asset.of(type, read(resource), !type.startsWith("image")))));
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

  private static byte[] read(String resource) {
    try (InputStream in = DocsPage.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
