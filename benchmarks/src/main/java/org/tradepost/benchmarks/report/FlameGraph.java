package org.tradepost.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws stacks that were sampled by a profiler, in its collapsed form (a line each: frames from the
 * outermost on, joined by semicolons, then the number of samples), as a flame graph (Brendan Gregg,
 * "The Flame Graph", CACM 59(6), 2016): who calls is below, and the width is the share of samples.
 *
 * <p>A program of one file: {@code java FlameGraph.java TITLE STACKS > graph.svg}.
 */
final class FlameGraph {
  private static final int WIDTH = 1200;
  private static final int ROW = 16;
  private static final int TOP = 30;

  /** Frames narrower than this, in pixels, are left out with all that they call. */
  private static final double NARROWEST = 1.5;

  private static final double LETTER = 6.2;

  private final String color;
  private final Map<String, FlameGraph> callees = new TreeMap<>();
  private long samples;

  private FlameGraph(String frame) {
    this.color = color(frame);
  }

  public static void main(String[] arguments) throws IOException {
    var root = new FlameGraph("all");
    try (var lines = Files.lines(Path.of(arguments[1]))) {
      lines.forEach(root::add);
    }
    System.out.print(root.svg(arguments[0]));
  }

  private void add(String line) {
    int end = line.lastIndexOf(' ');
    long count = Long.parseLong(line.substring(end + 1));
    FlameGraph frame = this;
    frame.samples += count;
    for (String name : line.substring(0, end).split(";")) {
      frame = frame.callees.computeIfAbsent(shortened(name), first -> new FlameGraph(name));
      frame.samples += count;
    }
  }

  /** Without packages, and without the numbers of lambdas and threads. */
  private static String shortened(String name) {
    return name.substring(name.lastIndexOf('/') + 1)
        .replaceAll("(Lambda[^.]*)[.]0x\\p{XDigit}+[.0-9]*", "$1")
        .replaceAll("_\\[[jki01]\\]$", "");
  }

  private String svg(String title) {
    int height = TOP + ROW * (1 + depth(WIDTH));
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='monospace' font-size='10'>%n",
            WIDTH,
            height));
    svg.append("<rect width='100%%' height='100%%' fill='#fff'/>%n".formatted());
    svg.append("<text x='4' y='18' font-size='13'>%s</text>%n".formatted(escaped(title)));
    draw(svg, "all", new Box(0, height - ROW, WIDTH), samples);
    return svg.append("</svg>\n").toString();
  }

  private record Box(double x, int y, double width) {}

  private int depth(double width) {
    return callees.values().stream()
        .filter(callee -> width * callee.samples / samples >= NARROWEST)
        .mapToInt(callee -> 1 + callee.depth(width * callee.samples / samples))
        .max()
        .orElse(0);
  }

  private void draw(StringBuilder svg, String name, Box box, long all) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s %.1f %%</title><rect x='%.1f' y='%d' width='%.1f' height='15' fill='%s'/>",
            escaped(name),
            100.0 * samples / all,
            box.x,
            box.y,
            box.width - 0.3,
            color));
    int letters = (int) (box.width / LETTER);
    if (letters >= 3) {
      var text = name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d'>%s</text>",
              box.x + 2,
              box.y + 11,
              escaped(text)));
    }
    svg.append("</g>\n");
    double x = box.x;
    for (var callee : callees.entrySet()) {
      double width = box.width * callee.getValue().samples / samples;
      if (width >= NARROWEST) {
        callee.getValue().draw(svg, callee.getKey(), new Box(x, box.y - ROW, width), all);
      }
      x += width;
    }
  }

  /** Tradepost's own, other Java, and native code. */
  private static String color(String frame) {
    if (frame.startsWith("org/tradepost/")) {
      return "#8fc98f";
    }
    return frame.contains("/") ? "#f2c27c" : "#d5d5d5";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;");
  }
}
