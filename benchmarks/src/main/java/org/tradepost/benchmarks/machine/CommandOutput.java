package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The output of a program that runs to its end. */
public final class CommandOutput {
  private CommandOutput() {}

  /**
   * Runs a program and returns its output.
   *
   * @throws MeasurementFailure if it cannot be run, or exits with a status other than 0; the
   *     message has its output
   */
  public static String of(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return of(command.get(0), builder.start());
    } catch (IOException e) {
      throw new MeasurementFailure(command.get(0) + " cannot be run: " + e.getMessage(), e);
    }
  }

  private static String of(String program, Process process) throws IOException {
    try {
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var status = process.waitFor();
      if (status != 0) {
        throw new MeasurementFailure(
            String.format(Locale.ROOT, "%s ended with status %d: %s", program, status, output));
      }
      return output;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new MeasurementFailure("Interrupted while " + program + " was running.", e);
    }
  }

  /** The number that follows {@code words} in the output. */
  public static double number(String output, String words) {
    var matcher = Pattern.compile(Pattern.quote(words) + "([0-9.]+)").matcher(output);
    if (!matcher.find()) {
      throw new MeasurementFailure("There is no \"" + words + "\" in: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
