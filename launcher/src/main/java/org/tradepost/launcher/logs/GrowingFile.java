package org.tradepost.launcher.logs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads the lines of a file that may still grow. */
final class GrowingFile implements AutoCloseable {
  /** In bytes; a longer line is read in parts. */
  private static final int MAX_LINE_BYTES = 1_000_000;

  private final InputStream in;
  private final Object key;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private GrowingFile(InputStream in, Object key) {
    this.in = in;
    this.key = key;
  }

  static GrowingFile open(Path file) throws IOException {
    var key = key(file);
    return new GrowingFile(new BufferedInputStream(Files.newInputStream(file)), key);
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether this file is at {@code path} now; a renamed file keeps its identity. */
  boolean isAt(Path path) {
    try {
      return key(path).equals(key);
    } catch (IOException e) {
      return false;
    }
  }

  /** The next complete line; empty if there is none yet. */
  Optional<String> line() throws IOException {
    for (var next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return Optional.of(take());
      }
      line.write(next);
      if (line.size() == MAX_LINE_BYTES) {
        return Optional.of(take());
      }
    }
    return Optional.empty();
  }

  private String take() {
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
