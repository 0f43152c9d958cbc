package org.tradepost.proof.torture.load;

import java.util.List;

/**
 * An order, as it is in a response or in the table.
 *
 * @param status as the services call it
 * @param total in minor units
 */
public record ReportedOrder(
    String id, String customer, String status, long total, List<Line> lines) {

  /**
   * A line of an order.
   *
   * @param unitPrice in minor units
   */
  public record Line(String product, int quantity, long unitPrice) {}

  public boolean isCancelled() {
    return status.equals("CANCELLED");
  }

  /** The lines of the request that results in this order. */
  public List<RequestedLine> requestedLines() {
    return lines.stream().map(line -> new RequestedLine(line.product(), line.quantity())).toList();
  }

  /** Whether both are the same order; its status may have changed. */
  public boolean isSameAs(ReportedOrder other) {
    return id.equals(other.id)
        && customer.equals(other.customer)
        && total == other.total
        && lines.equals(other.lines);
  }
}
