package org.tradepost.launcher.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The one place that writes to the terminal: the output of a command for its user. */
public final class Console {
  private final PrintStream out;

  private Console(PrintStream out) {
    this.out = out;
  }

  /**
   * The process's standard output, always UTF-8: the default charset of a bare shell has no check
   * mark.
   */
  public static Console standard() {
    return to(new FileOutputStream(FileDescriptor.out));
  }

  /** A console that writes, in UTF-8, to {@code target}. */
  public static Console to(OutputStream target) {
    return new Console(new PrintStream(target, true, StandardCharsets.UTF_8));
  }

  /** Prints the lines of {@code text} without another's line between them. */
  public synchronized void say(String text) {
    out.println(text);
  }

  /** Whether something could not be printed: nobody reads it any more. */
  public boolean hasLostItsReader() {
    return out.checkError();
  }

  /** Prints {@code text} with every line moved to the right by {@code columns}. */
  public void sayIndented(int columns, String text) {
    say(text.indent(columns).stripTrailing());
  }
}
