package org.tradepost.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tradepost.platform.config.Loopback;

/** A connection that says whatever it is told to, for what no well-behaved client would send. */
public final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;

  public RawClient(int port) {
    this(port, 0);
  }

  private RawClient(int port, int receiveBuffer) {
    try {
      socket = new Socket();
      if (receiveBuffer > 0) {
        // The kernel lets it grow unless it is set before.
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getByName(Loopback.ADDRESS), port));
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection that holds little of what nobody reads. */
  public static RawClient withLittleRoom(int port) {
    return withRoom(port, 4_096);
  }

  /** A connection that holds about so many bytes, or twice as many, of what nobody reads. */
  public static RawClient withRoom(int port, int bytes) {
    return new RawClient(port, bytes);
  }

  public RawClient say(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what is said; answers can still be heard. */
  public RawClient finish() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hears so many bytes, or fewer at the end of the connection.
   *
   * @return how many
   */
  public int hear(int bytes) {
    try {
      return socket.getInputStream().readNBytes(bytes).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One answer: its head, and as much body as it announces. */
  public String hear() {
    return hear(true);
  }

  /** The head of one answer that has no body, whatever it announces. */
  public String hearHead() {
    return hear(false);
  }

  private String hear(boolean withBody) {
    try {
      var in = socket.getInputStream();
      var heard = new ByteArrayOutputStream();
      while (true) {
        var text = heard.toString(StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end >= 0 && (!withBody || heard.size() >= end + 4 + length(text.substring(0, end)))) {
          return text;
        }
        var next = in.read();
        if (next < 0) {
          return text;
        }
        heard.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything, to the end of the connection, however it ends. */
  public String hearAll() {
    var heard = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(heard);
    } catch (IOException reset) {
      // What came before it counts.
    }
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side closes the connection, with nothing more to say. */
  public boolean isClosed() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Whether the connection has ended on the other side, which is noticed a little later. */
  public boolean isCutOffWhenSaying(String text) {
    try {
      say(text);
      return false;
    } catch (UncheckedIOException broken) {
      return true;
    }
  }

  private static int length(String head) {
    for (var line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
