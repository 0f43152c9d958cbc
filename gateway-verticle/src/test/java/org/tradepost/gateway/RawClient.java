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

/** A connection that sends any bytes, for what no well-behaved client would send. */
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
        // The kernel lets the buffer grow unless its size is set before connecting.
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getByName(Loopback.ADDRESS), port));
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a connection that buffers little unread data. */
  public static RawClient withSmallBuffer(int port) {
    return withReceiveBuffer(port, 4_096);
  }

  /** Opens a connection that buffers about this many bytes of unread data, or twice as many. */
  public static RawClient withReceiveBuffer(int port, int bytes) {
    return new RawClient(port, bytes);
  }

  public RawClient send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the output; responses can still be read. */
  public RawClient finish() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads this many bytes, or fewer at the end of the connection.
   *
   * @return how many bytes were read
   */
  public int readBytes(int bytes) {
    try {
      return socket.getInputStream().readNBytes(bytes).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one response: its head, and as much body as it announces. */
  public String readResponse() {
    return readResponse(true);
  }

  /** Reads the head of a response without a body, whatever length it announces. */
  public String readHead() {
    return readResponse(false);
  }

  private String readResponse(boolean withBody) {
    try {
      var in = socket.getInputStream();
      var received = new ByteArrayOutputStream();
      while (true) {
        var text = received.toString(StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end >= 0
            && (!withBody || received.size() >= end + 4 + length(text.substring(0, end)))) {
          return text;
        }
        var next = in.read();
        if (next < 0) {
          return text;
        }
        received.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads everything up to the end of the connection, however it ends. */
  public String readAll() {
    var received = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(received);
    } catch (IOException reset) {
      // What arrived before the reset counts.
    }
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side closes the connection without sending anything more. */
  public boolean isClosed() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Whether the other side has ended the connection, which shows only after some writes. */
  public boolean isCutOffWhenSending(String text) {
    try {
      send(text);
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
