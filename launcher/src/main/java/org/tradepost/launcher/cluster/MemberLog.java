package org.tradepost.launcher.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.tradepost.launcher.cli.RotatedLog;

/**
 * The file with the output of one member. If it cannot be written, lines are dropped, which is
 * reported once: a member must never block because nothing reads its output.
 */
final class MemberLog implements AutoCloseable {
  private final RotatedLog files;
  private final Consumer<String> report;
  private OutputStream out = OutputStream.nullOutputStream();
  private long size;

  MemberLog(Path file, Consumer<String> report) {
    this.files = new RotatedLog(file);
    this.report = report;
    attempt(
        () -> {
          Files.createDirectories(file.getParent());
          open();
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      report.accept("(its log cannot be written any more: " + e + ")");
      out = OutputStream.nullOutputStream();
      size = Long.MIN_VALUE;
    }
  }

  private void open() throws IOException {
    var file = files.newest();
    out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size = Files.size(file);
  }

  void write(String line) {
    var bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
    attempt(
        () -> {
          if (size + bytes.length > RotatedLog.MAX_BYTES && size > 0) {
            out.close();
            files.rotate();
            open();
          }
          out.write(bytes);
          size += bytes.length;
        });
  }

  @Override
  public void close() {
    attempt(() -> out.close());
  }
}
