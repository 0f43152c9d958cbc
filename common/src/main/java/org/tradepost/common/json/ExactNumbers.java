package org.tradepost.common.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;

/**
 * Creates the numbers in JSON trees with exactly the value that was written. A whole number gives
 * the same node however it was written: {@code 2}, {@code 2.0} or {@code 20e-1}.
 */
public final class ExactNumbers extends JsonNodeFactory {

  private static final long MAX_DIGITS = 1_000;

  private static final int LONG_BITS = 63;

  @Override
  public ValueNode numberNode(BigDecimal number) {
    if (number == null || number.signum() == 0) {
      return number == null ? nullNode() : numberNode(0);
    }
    // Never has more digits than what was sent, whatever the exponent is.
    var shortest = number.stripTrailingZeros();
    if (shortest.scale() > 0 || !isShort(shortest)) {
      return super.numberNode(shortest);
    }
    var whole = shortest.toBigIntegerExact();
    return whole.bitLength() > LONG_BITS ? numberNode(whole) : whole(whole.longValueExact());
  }

  /** Whether a number has at most 1,000 digits before the decimal point and 1,000 after it. */
  public static boolean isShort(BigDecimal number) {
    return (long) number.precision() - number.scale() <= MAX_DIGITS && number.scale() <= MAX_DIGITS;
  }

  /** Creates the same node as the parser does for the shortest form. */
  private ValueNode whole(long number) {
    return (int) number == number ? numberNode((int) number) : numberNode(number);
  }
}
