package org.tradepost.benchmarks.subjects;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;

/** Replies to each message on the bus with the bytes of its body. */
final class BusEcho {
  static final String ADDRESS = "echo";

  private BusEcho() {}

  /** Starts a cluster; the arguments are its name, its port and its configuration file. */
  public static void main(String[] arguments) {
    var node = new BusNode(arguments[0], Integer.parseInt(arguments[1]));
    var vertx = node.join(Path.of(arguments[2]), List.of());
    vertx
        .eventBus()
        .<Buffer>consumer(ADDRESS, message -> message.reply(message.body()))
        .completion()
        .onSuccess(done -> System.out.println("listening"))
        .onFailure(Throwable::printStackTrace);
  }
}
