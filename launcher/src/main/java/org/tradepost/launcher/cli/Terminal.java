package org.tradepost.launcher.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The output of a command for its user; nothing else writes to the terminal. */
public final class Terminal {
  private final PrintStream out;

  private Terminal(PrintStream out) {
    this.out = out;
  }

  /** Standard output, always in UTF-8: the default charset of a bare shell has no check mark. */
  public static Terminal standard() {
    return to(new FileOutputStream(FileDescriptor.out));
  }

  /** A terminal that writes, in UTF-8, to {@code target}. */
  public static Terminal to(OutputStream target) {
    return new Terminal(new PrintStream(target, true, StandardCharsets.UTF_8));
  }

  /** Prints {@code text} with no lines of other threads in between. */
  public synchronized void print(String text) {
    out.println(text);
  }

  /** Whether printing has failed, because nothing reads the output any more. */
  public boolean hasFailed() {
    return out.checkError();
  }

  /** Prints {@code text} with every line indented by {@code columns}. */
  public void printIndented(int columns, String text) {
    print(text.indent(columns).stripTrailing());
  }
}
