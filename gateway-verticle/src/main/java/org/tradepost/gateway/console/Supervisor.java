package org.tradepost.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.common.error.ServiceException;

/**
 * The supervisor of a local cluster, reached over the control socket in its data directory, which
 * only the owner of the cluster can access. A command is one line; the reply is lines of text, the
 * last of which has the exit status.
 */
final class Supervisor {

  private static final String STATUS = "exit status ";

  private final Path socket;

  Supervisor(Path socket) {
    this.socket = socket;
  }

  /**
   * The outcome of a command.
   *
   * @param done whether it was carried out
   * @param output the lines that the supervisor wrote
   */
  record Outcome(boolean done, List<String> output) {}

  /** Sends a command and waits for its end, which may take minutes; blocks. */
  Outcome execute(String command) {
    return send(command, Integer.MAX_VALUE);
  }

  /** Sends a command and waits for the first line of the reply; blocks. */
  Outcome begin(String command) {
    return send(command, 1);
  }

  /**
   * @param maxLines how many lines to wait for
   */
  private Outcome send(String command, int maxLines) {
    var output = new ArrayList<String>();
    try (var server = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.connect(UnixDomainSocketAddress.of(socket));
      new PrintStream(Channels.newOutputStream(server), true, UTF_8).println(command);
      var reply = new BufferedReader(Channels.newReader(server, UTF_8));
      for (var line = reply.readLine(); line != null; line = reply.readLine()) {
        if (line.startsWith(STATUS)) {
          return new Outcome(line.equals(STATUS + "0"), output);
        }
        output.add(line);
        if (output.size() == maxLines) {
          return new Outcome(true, output);
        }
      }
    } catch (IOException e) {
      throw ServiceException.unavailable("The supervisor of the cluster does not respond");
    }
    return new Outcome(false, output);
  }
}
