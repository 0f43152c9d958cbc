package org.tradepost.common.bus;

import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that one node sends and receives over the bus. */
public final class BusCounts {

  private final LongAdder sent = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder withoutReply = new LongAdder();
  private final LongAdder received = new LongAdder();

  /** Requests sent, including repeated ones. */
  public long sent() {
    return sent.sum();
  }

  /** Requests that were sent again. */
  public long repeated() {
    return repeated.sum();
  }

  /** Requests that got no reply. */
  public long withoutReply() {
    return withoutReply.sum();
  }

  /** Requests received. */
  public long received() {
    return received.sum();
  }

  void countSent() {
    sent.increment();
  }

  void countRepeated() {
    repeated.increment();
  }

  void countNoReply() {
    withoutReply.increment();
  }

  void countReceived() {
    received.increment();
  }
}
