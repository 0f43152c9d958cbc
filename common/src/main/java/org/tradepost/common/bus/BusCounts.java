package org.tradepost.common.bus;

import java.util.concurrent.atomic.LongAdder;

/** How many messages of one node went over the bus. */
public final class BusCounts {

  private final LongAdder sent = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder received = new LongAdder();

  /** Requests that were sent, with those that were repeated. */
  public long sent() {
    return sent.sum();
  }

  /** Requests that were sent again. */
  public long repeated() {
    return repeated.sum();
  }

  /** Requests that got no reply. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Requests that came in. */
  public long received() {
    return received.sum();
  }

  void countSent() {
    sent.increment();
  }

  void countRepeated() {
    repeated.increment();
  }

  void countUnanswered() {
    unanswered.increment();
  }

  void countReceived() {
    received.increment();
  }
}
