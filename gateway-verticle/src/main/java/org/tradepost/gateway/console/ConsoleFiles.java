package org.tradepost.gateway.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tradepost.gateway.http.Document;

/** The files of the console: its own, and those that it needs from libraries. */
final class ConsoleFiles {

  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /** Library files by the names that they have here; nothing else in their jars is served. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "lib/lit-html.js", WEBJARS + "lit-html/3.3.2/lit-html.js",
          "lib/uPlot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.esm.js",
          "lib/uPlot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /** The names of the console's own files, which cannot lead out of the directory. */
  private static final Pattern OWN = Pattern.compile("[a-z]+\\.(?:html|js|css|svg)");

  private ConsoleFiles() {}

  /** Reads and compresses a file. */
  static Optional<Document> read(String name) {
    if (LIBRARIES.containsKey(name)) {
      return document(name, LIBRARIES.get(name));
    }
    return OWN.matcher(name).matches() ? document(name, "/console/" + name) : Optional.empty();
  }

  private static Optional<Document> document(String name, String resource) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return Optional.of(Document.of(type, Buffer.buffer(in.readAllBytes())).compressed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
